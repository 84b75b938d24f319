/// `61.2 MB`, in powers of 1000.
public func byteAmount(_ bytes: Double) -> String {
  var value = min(bytes, 1e18)
  var names = ["B", "kB", "MB", "GB", "TB"][...]
  while value >= 999.95 && names.count > 1 {
    value /= 1000
    names.removeFirst()
  }
  let tenths = Int((value * 10).rounded())
  return names.first == "B" ? "\(Int(bytes)) B" : "\(tenths / 10).\(tenths % 10) \(names.first ?? "")"
}

/// `48 s`, `12 min`, `3 h 05 min`.
public func duration(_ seconds: Double) -> String {
  // A file may say anything of a time, and NaN is in no range.
  let whole = seconds > 0 ? Int(min(seconds, 1e9).rounded(.up)) : 0
  if whole < 120 { return "\(whole) s" }
  if whole < 7200 { return "\(whole / 60) min" }
  let minutes = whole / 60 % 60
  return "\(whole / 3600) h \(minutes < 10 ? "0" : "")\(minutes) min"
}
