/// `61.2 MB`, in powers of 1000.
public func byteAmount(_ bytes: Double) -> String {
  var value = bytes
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
  let whole = Int(min(seconds, 1e9).rounded(.up))
  if whole < 120 { return "\(whole) s" }
  if whole < 7200 { return "\(whole / 60) min" }
  let minutes = whole / 60 % 60
  return "\(whole / 3600) h \(minutes < 10 ? "0" : "")\(minutes) min"
}
