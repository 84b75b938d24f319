import ByteIO
import StructuredText

/// Renders Vega-Lite specifications to SVG, PNG and PDF by vl-convert (the Python package vl-convert-python), without network
/// or browser.
public struct FigureRenderer: Sendable {
  /// A Python interpreter that has the package.
  public let python: String

  public init(python: String) { self.python = python }

  /// What is run: paths without their extension follow. No address may be loaded from.
  private static let script = """
    import sys
    import vl_convert
    for path in sys.argv[1:]:
        with open(path + ".vl.json", encoding="utf-8") as file:
            chart = file.read()
        options = {"vl_version": "5.21", "allowed_base_urls": []}
        with open(path + ".svg", "w", encoding="utf-8") as file:
            file.write(vl_convert.vegalite_to_svg(chart, **options))
        with open(path + ".png", "wb") as file:
            file.write(vl_convert.vegalite_to_png(chart, scale=3, **options))
        with open(path + ".pdf", "wb") as file:
            file.write(vl_convert.vegalite_to_pdf(chart, **options))
    """

  /// Turns `PATH.vl.json` into `PATH.svg`, `.png` and `.pdf`; about 0.3 s each. Throws a ``ReportFailure`` that says what is
  /// missing and how to get it.
  public func render(_ paths: [String]) throws {
    let result: ChildProcess.Result
    do {
      result = try ChildProcess.run(python, ["-c", Self.script] + paths)
    } catch let failure as IOFailure {
      throw ReportFailure(.renderer, path: python, reason: "cannot be run: \(failure.reason). \(Self.advice)")
    }
    guard result.status == 0 else {
      let last = result.errors.split(separator: "\n").last.map(String.init) ?? "it ended with status \(result.status)"
      throw ReportFailure(.renderer, path: python, reason: "\(last). \(Self.advice)")
    }
  }

  private static let advice =
    "Figures need Python with vl-convert-python: `make report` installs it, or name an interpreter with --python."
}
