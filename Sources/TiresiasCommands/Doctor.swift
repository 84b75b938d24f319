import ByteIO
import Glibc
import NeoXModel
import Pipeline
import Slurm

/// Looks at this machine.
struct Doctor {
  enum State { case fine, note, missing }

  struct Finding {
    let state: State
    let subject: String
    let text: String

    var mark: String {
      switch state {
      case .fine: "ok     "
      case .note: "note   "
      case .missing: "MISSING"
      }
    }
  }

  let output: String

  var findings: [Finding] {
    [
      version, tokenizer, evaluationData, matrixProducts, processors, openFiles, fileSize, disk, writing, slurm,
      renderer,
    ]
  }

  private var version: Finding {
    Finding(
      state: .fine, subject: "tiresias",
      text: "\(toolVersion), ICU \(BuildVersions.icu), zstd \(BuildVersions.zstd), \(BuildVersions.build)")
  }

  private var tokenizer: Finding {
    do {
      return Finding(state: .fine, subject: "20B tokenizer", text: try TokenizerLocation.checked())
    } catch {
      return Finding(state: .missing, subject: "20B tokenizer", text: "\(error)")
    }
  }

  private var evaluationData: Finding {
    let missing = ["crows-pairs", "winobias", "lambada"].filter { !FileSystem.exists("assets/" + $0) }
    return missing.isEmpty
      ? Finding(state: .fine, subject: "benchmark data", text: "assets/")
      : Finding(
        state: .note, subject: "benchmark data",
        text: "assets/ has no \(missing.joined(separator: ", ")): `make evaluation-data`, for `tiresias evaluate` alone"
      )
  }

  private var matrixProducts: Finding {
    ProductLibrary.missing.map { Finding(state: .note, subject: "matrix products", text: $0) }
      ?? Finding(state: .fine, subject: "matrix products", text: ProductLibrary.version)
  }

  private var processors: Finding {
    let (allowed, online) = (Workers.available, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    return Finding(
      state: .fine, subject: "processors",
      text: allowed == online ? "\(online)" : "\(allowed) of \(online) are this process's, and are what --workers takes"
    )
  }

  private var openFiles: Finding {
    let limit = Self.limit(RLIMIT_NOFILE)
    return limit.map { $0 < 256 } ?? false
      ? Finding(
        state: .note, subject: "open files", text: "\(limit ?? 0) at most: `ulimit -n 1024`, for data in many shards")
      : Finding(state: .fine, subject: "open files", text: limit.map { "\($0) at most" } ?? "no limit")
  }

  private var fileSize: Finding {
    guard let limit = Self.limit(RLIMIT_FSIZE) else {
      return Finding(state: .fine, subject: "file size", text: "no limit")
    }
    return Finding(
      state: .note, subject: "file size",
      text: "\(byteAmount(Double(limit))) at most: `ulimit -f unlimited`, for windows")
  }

  private static func limit(_ resource: __rlimit_resource) -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
    return limit.rlim_cur >= UInt(Int.max) ? nil : Int(limit.rlim_cur)
  }

  private var disk: Finding {
    guard let free = try? FileSystem.freeSpace(at: output) else {
      return Finding(state: .note, subject: "disk", text: "\(output) cannot be asked for its free space")
    }
    return Finding(
      state: free < 1 << 30 ? .note : .fine, subject: "disk",
      text: "\(byteAmount(Double(free))) free at \(output); `tiresias run PIPELINE --dry-run` says what a window needs")
  }

  private var writing: Finding {
    // Folders that are not there `run` makes.
    var place = output
    while !FileSystem.exists(place) { place = FileSystem.parent(of: place) ?? "." }
    let path = place + "/.tiresias-doctor-\(ThisProcess.writer)"
    defer { try? FileSystem.remove(path) }
    guard let file = try? PositionedFile(path) else {
      return Finding(
        state: .missing, subject: "output", text: "nothing can be written to \(place): choose another --output")
    }
    guard (try? file.synchronize()) != nil else {
      return Finding(
        state: .missing, subject: "output", text: "\(place) cannot be synchronized: choose another --output")
    }
    let text = place == output ? "\(output) can be written" : "\(output) is not there yet, and can be made in \(place)"
    return Finding(state: .fine, subject: "output", text: text)
  }

  private var slurm: Finding {
    guard let version = SlurmCluster().version else {
      return Finding(
        state: .note, subject: "Slurm",
        text: "no sbatch here that finds a cluster: `tiresias submit` on a login node, or xargs (docs/clusters.md)")
    }
    let size =
      (try? SlurmCluster().maximumArraySize()).map { ", arrays up to \($0)" } ?? ", but no answer from slurmctld"
    return Finding(state: .fine, subject: "Slurm", text: version + size)
  }

  private var renderer: Finding {
    let script = "import vl_convert; print(vl_convert.__version__)"
    let pythons = [".venv-report/bin/python", "python3"]
    for python in pythons where python == "python3" || FileSystem.exists(python) {
      let stream = try? CommandStream(["/bin/sh", "-c", "\(python) -c '\(script)' 2>/dev/null"], name: python)
      if let version = try? stream?.contents(), !version.isEmpty {
        let text = String(decoding: version.prefix { $0 != 0x0A }, as: UTF8.self)
        return Finding(state: .fine, subject: "figures", text: "vl-convert \(text) in \(python)")
      }
    }
    return Finding(
      state: .note, subject: "figures", text: "no vl-convert: reports have tables alone; `make report` installs it")
  }
}
