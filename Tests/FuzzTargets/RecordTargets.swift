import ByteIO
import Pipeline
import Planning
import StructuredText
import TokenDataset

extension FuzzTarget {
  /// Manifests, beside a window of two samples of four tokens: what is read is written as it was read, and `verify` and those who
  /// look at samples make what they can of it.
  static let manifest = FuzzTarget("manifest") { folder in
    let file = try InputOfFile(folder, "manifest.json")
    let writer = try TokenDatasetWriter(folder + "/window_document", type: .uint16)
    for _ in 0..<2 { try writer.append([1, 2, 3, 4]) }
    try writer.finish()
    return { bytes in
      let manifest = try Manifest.parse(Array(bytes), name: "manifest.json")
      let again = try Manifest.parse(manifest.serialized(), name: "written")
      try Disagreement.check(again == manifest, "a manifest that is written is read again")
      try file.fill(bytes)
      var verification = try WindowVerification(manifestPath: file.path)
      verification.progress = .quiet
      _ = try? verification.run()
      let source = try WindowSource(manifestPath: file.path)
      for position in source.positions.prefix(4) { _ = try source.tokens(ofSequence: position) }
      try? source.forEachEditedSample(in: source.positions) { _, _ in }
    }
  }

  /// Plans, and what `status` asks of them.
  static let plan = FuzzTarget("plan", seeds: smallPlans) { folder in
    let file = try InputOfFile(folder, "out.plan/plan.json")
    let state = try InputOfFile(folder, "out.plan/tasks/0.state.json")
    return { bytes in
      let plan = try RunPlan.parse(Array(bytes), name: "plan.json")
      let written = try plan.serialized()
      let again = try RunPlan.parse(written, name: "written").serialized()
      try Disagreement.check(again == written, "a plan that is written is read again")
      _ = plan.work.outputs
      guard plan.tasks.count < 100 else { return }
      try file.fill(bytes)
      let run = try PlanRun(file.path)
      // A task that runs, so that its rate and the time left are told.
      try state.fill(
        [UInt8](
          utf8:
            #"{"plan":"\#(run.hash)","state":"running","host":"elsewhere","process":1,"done":1,"resumed_at":0,"total":2,"#
            + #""seconds":2.5,"message":""}"#))
      let status = try PlanStatus(run)
      _ = (status.text, try status.json.serialized())
    }
  }

  private static let smallPlans = [
    #"""
    {"plan":1,"kind":"tokenize","name":"t","output":"t_text_document","outputs":[],"tool":{"version":"0","build":"b","icu":"72",
    "zstd":"1"},"unit":"files","tasks":[{"first":0,"end":1},{"first":1,"end":2}],"work":{"inputs":[{"path":"a.jsonl","stamp":
    {"name":"a.jsonl","size":10,"modified":1}},{"path":"b.jsonl","stamp":{"name":"b.jsonl","size":0,"modified":-2}}],
    "tokenizer":"t.json","tokenizer_sha256":"x","append_eod":true,"on_error":"stop","input_command":null}}
    """#,
    #"""
    {"plan":1,"kind":"evaluate","name":"e","output":"scores","outputs":[],"tool":{"version":"0","build":"b","icu":"72","zstd":"1"},
    "unit":"checkpoints","tasks":[{"first":0,"end":1}],"work":{"models":[{"path":"m","name":"m","step":1,"published":null,
    "seed":null,"files":[{"path":"config.json","bytes":1}]}],"benchmarks":["lambada"],"data_folder":"d","data":[{"path":"p",
    "sha256":"s"}],"heldout":null,"heldout_first":0,"heldout_end":1,"tokenizer":"t","tokenizer_sha256":"x","precision":"fp32",
    "limit":null,"arm":{"run":"r","arm":"a","control":null,"manifest_sha256":null}}}
    """#,
  ].map { [UInt8](utf8: $0) }

  /// Sealed where it is an object: what seals keep out is looked at no further.
  private static func sealing(_ bytes: some Collection<UInt8>) -> [UInt8] {
    guard let node = try? JSONNode.parse(Array(bytes), name: "record"),
      let sealed = try? SealedRecord.sealed(node.value).serialized()
    else { return Array(bytes) }
    return sealed
  }

  /// What a task of a plan says of itself: done, running or failed.
  static let taskRecord = FuzzTarget(
    "task-record",
    seeds: [
      #"{"record":1,"plan":"p","task":0,"first":0,"end":1,"outputs":[{"path":"a","first":0,"end":1,"sha256":"s"}],"seconds":1.5,"host":"h"}"#,
      #"{"plan":"p","state":"running","host":"h","process":1,"done":1,"resumed_at":0,"total":2,"seconds":2.5,"message":""}"#,
    ].map { [UInt8](utf8: $0) }
  ) { folder in
    let file = try InputOfFile(folder, "0.json")
    return { bytes in
      try file.fill(sealing(bytes))
      if let record = TaskRecord.read(file.path) {
        try record.write(to: file.path)
        try Disagreement.check(TaskRecord.read(file.path) == record, "a record that is written is read again")
      }
      try file.fill(bytes)
      if let state = TaskState.read(file.path) {
        try state.write(to: file.path)
        try Disagreement.check(TaskState.read(file.path) == state, "a state that is written is read again")
      }
    }
  }

  /// What runs leave behind to go on from.
  static let checkpoint = FuzzTarget(
    "checkpoint",
    seeds: [
      #"""
      {"checkpoint":1,"inputs":[{"name":"a","size":3,"modified":4}],"file":0,"line":2,"offset":3,"record":{"origin":1,
      "tokenizer_sha256":"x","append_eod":true,"token_type":"uint16","items":1,"tokens":2,"subsets":["s"],"files":[{"name":"a",
      "size":0,"sha256":"","documents":1,"dropped":0,"lone_surrogates":0,"skipped":{}}]}}
      """#,
      #"{"run":"r","first":0,"end":2,"window_sha256":"a","control_sha256":null,"log_sha256":"c","counts":{}}"#,
    ].map { [UInt8](utf8: $0) }
  ) { folder in
    let file = try InputOfFile(folder, "state.json")
    return { bytes in
      let node = try JSONNode.parse(Array(bytes), name: "checkpoint")
      if let state = try? TokenizeState(node) {
        try Disagreement.check(
          try TokenizeState(JSONNode(state.json, name: "written")) == state,
          "a checkpoint that is written is read again")
        _ = (state.finishedInputSize, state.isComplete)
      }
      try file.fill(sealing(bytes))
      if let record = try? SliceRecord.read(file.path) {
        try record.write(to: file.path, writer: "fuzz")
        try Disagreement.check(
          try SliceRecord.read(file.path) == record, "a slice's record that is written is read again")
      }
    }
  }

  /// Where a base's items come from: `.origin.json` beside a `.origin.bin` of two rows.
  static let origin = FuzzTarget(
    "origin",
    seeds: [
      [UInt8](
        utf8: #"""
          {"origin":1,"tokenizer_sha256":"x","append_eod":true,"token_type":"uint16","items":2,"tokens":2,"subsets":["s"],
          "files":[{"name":"a","size":9,"sha256":"y","documents":2,"dropped":0,"lone_surrogates":0,"skipped":{}}]}
          """#)
    ]
  ) { folder in
    let file = try InputOfFile(folder, "base.origin.json")
    try InputOfFile(folder, "base.origin.bin").fill(
      [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 16))
    return { bytes in
      try file.fill(bytes)
      let origin = try Origin(prefix: folder + "/base")
      for item in 0..<origin.count { _ = (origin.subset(ofItem: item), origin.place(ofItem: item)) }
    }
  }

  /// Edit logs: the quick reading of a line says what the parser says.
  static let editLog = FuzzTarget(
    "edit-log",
    seeds: [
      """
      {"q":5,"step":3,"row":2,"position":-1,"output_position":0,"dataset":0,"item":9,"token":1,"stage":0,"rule":"his",\
      "branch":"b","before":"his","after":"her","before_ids":[521],"after_ids":[617,30],"cut":true,"stand_in":{"position":9,\
      "token":20,"rule":"red","before":"red","after":"blue","before_ids":[1,2],"after_ids":[3]}}
      {"q":6,"step":3,"row":2,"position":7,"dataset":0,"item":9,"token":1,"stage":0,"rule":"he","branch":"he","before":"He",\
      "kept":"exception:helium"}
      {"q":7,"step":0,"row":1,"lost_ids":[1,2]}
      {"q":8,"special_dropped":1}

      """
    ].map { [UInt8](utf8: $0) }
  ) { folder in
    let file = try InputOfFile(folder, "00000.jsonl")
    return { bytes in
      for line in bytes.split(separator: 0x0A) {
        try withTightCopy(of: Array(line)) { try compare(UnsafeBufferPointer($0)) }
      }
      try file.fill(bytes)
      try EditLogReader.forEachLine(file.path) { _ in }
    }
  }

  private static func compare(_ line: UnsafeBufferPointer<UInt8>) throws {
    let parsed = Result { try EditLogReader.parse(line, "line") }
    let agrees =
      switch (EditLogScanner.scan(line), parsed) {
      case (.unknown, _): true
      case (.left, .success(nil)): true
      case (.edit(let edit), .success(.edit(let other))): edit == other
      default: false
      }
    try Disagreement.check(agrees, "scanner and parser agree: \(String(decoding: line, as: UTF8.self))")
  }
}
