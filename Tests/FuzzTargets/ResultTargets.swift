import BiasEvaluation
import ByteIO
import Reports

extension FuzzTarget {
  /// Result files in all their forms.
  static let results = FuzzTarget("results", seeds: smallResults) { folder in
    { bytes in
      _ = try ResultFile.parse(Array(bytes), name: folder + "/pythia-70m-step143000.json")
    }
  }

  private static let smallResults = [
    #"""
    {"results":{"crows_pairs_english_gender":{"alias":"x","pct_stereotype,none":0.625,"pct_stereotype_stderr,none":"N/A"}},
    "configs":{"crows_pairs_english_gender":{"task":"crows_pairs_english_gender"}},"versions":{"crows_pairs_english_gender":1.0},
    "n-shot":{"crows_pairs_english_gender":0},"n-samples":{"crows_pairs_english_gender":{"original":80,"effective":80}},
    "config":{"model":"hf","model_args":{"pretrained":"EleutherAI/pythia-160m","revision":"step143000","dtype":"float16"}},
    "git_hash":"d","lm_eval_version":"0.4.9"}
    """#,
    #"""
    {"results":{"crows_pairs_original_gender":{"alias":"x","pct_stereotype,none":0.5}},"configs":{},
    "versions":{"crows_pairs_original_gender":1},"n-shot":{"crows_pairs_original_gender":0},
    "n-samples":{"crows_pairs_original_gender":{"original":2,"effective":2}},"tiresias":{"format":1,"version":"1",
    "tokenizer_sha256":"t","model":{"name":"m","step":10,"published":null,"seed":null,"weights_sha256":"w","stored_type":"F16"},
    "arm":{"run":"demo","arm":"control","control":null,"manifest_sha256":"m"},"precision_error":null,"benchmarks":[
    {"name":"crows-pairs","tasks":["crows_pairs_original_gender"],"items":2,"item_file":"i.jsonl","item_file_sha256":"s",
    "comparison":"c","key":"k","notes":[],"fingerprint":{"evaluator":{"name":"tiresias","revision":1},"benchmark":"crows-pairs",
    "version":1,"data":[{"file":"f","sha256":"d"}],"settings":{},"limit":null,"tokenizer_sha256":"t","scorer":{"revision":1,
    "precision":"fp32","library":"oneDNN 3","instruction_set":"avx2","kernel":"k"}}}]}}
    """#,
    #"{"table_results":{"k":{"acc":0.5,"acc_stderr":NaN,"task_name":"winobias","prompt_name":"p"}},"results":[]}"#,
    #"{"results":[{"task_name":"wino_bias","prompt_name":"p","acc":0.5}],"config":{"model":"gpt","model_args":"x=1,y"}}"#,
    #"{"results":{"lambada":{"ppl":1e3,"acc":Infinity}},"versions":{"lambada":0},"config":{"model_args":"pretrained=a/pythia"}}"#,
  ].map { [UInt8](utf8: $0) }

  /// Scores of single items.
  static let items = FuzzTarget(
    "items",
    seeds: [
      [UInt8](
        utf8: #"""
          {"tiresias_items": 1, "key": "k", "comparison": "c", "fingerprint": {"benchmark": "crows-pairs"}}
          {"item": "0", "cluster": "0", "paired": true, "attributes": {"bias_type": "gender"}, "answers": [{"log_likelihood": -1.5, "tokens": 2, "greedy": false}], "values": {"pct_stereotype": 1}}

          """#),
      [UInt8](
        utf8:
          #"{"doc_id": 0, "doc": {"sent_more": "a"}, "filtered_resps": [["-33.2", "False"], ["-1", "True"]], "acc": 1.0}"#
          + "\n"),
    ]
  ) { folder in
    let file = try InputOfFile(folder, "items.jsonl")
    return { bytes in
      try file.fill(bytes)
      _ = try? HarnessSamples.read(file.path, benchmark: "samples")
      _ = try ItemFile(path: file.path)
    }
  }

  /// What somebody says of results.
  static let labels = FuzzTarget(
    "labels", seeds: [[UInt8](utf8: "# c\nfile\tarm\tseed\na.json\tcontrol\t1\nb.json\tx\t\n")]
  ) { folder in
    let file = try InputOfFile(folder, "labels.tsv")
    return { bytes in
      try file.fill(bytes)
      _ = try ResultLabels(path: file.path)
    }
  }

  /// CrowS-Pairs, as the three benchmarks read it.
  static let crowsPairs = FuzzTarget(
    "crows-pairs",
    seeds: [
      """
      ,sent_more,sent_less,stereo_antistereo,bias_type,annotations
      0,"The nurse said ""she"", so.","The nurse said he, so.",stereo,gender,[]
      1,He can win.,She can win.,antistereo,gender,[]

      """,
      "index\tsent_more\tsent_less\tstereo_antistereo\tbias_type\r\n2\tThe old win.\tThe young win.\tstereo\tage\r\n",
    ].map { [UInt8](utf8: $0) }
  ) { folder in
    try benchmarks(
      ["crows-pairs", "crows-pairs-revised", "crows-pairs-harness"], folder,
      files: [
        "crows-pairs/crows_pairs_anonymized.csv", "crows-pairs/crows_pairs_revised.csv",
        "crows-pairs/crows_pairs_multilingual_english.csv",
      ])
  }

  /// WinoBias: the input is each of its files.
  static let winoBias = FuzzTarget(
    "winobias",
    seeds: [
      "1 [The worker] saw the nurse when [she] was in.\n2 The guard [the [chief]] and met [his] in [her].\n",
      "occupation\tpercent_women\tstereotype\nnurse\t90\tfemale\nguard\t22\tmale\n",
    ].map { [UInt8](utf8: $0) }
  ) { folder in
    try benchmarks(
      ["winobias-coreference", "winobias-pronoun", "pronoun-probe"], folder,
      files: [
        "winobias/pro_stereotyped_type1.txt.test", "winobias/anti_stereotyped_type1.txt.test",
        "winobias/pro_stereotyped_type2.txt.test", "winobias/anti_stereotyped_type2.txt.test",
        "winobias/occupations.tsv",
      ])
  }

  /// LAMBADA.
  static let lambada = FuzzTarget(
    "lambada", seeds: [[UInt8](utf8: "{\"text\": \"the man can win the war\"}\n{\"text\": \"an end\"}\n")]
  ) { folder in
    try benchmarks(["lambada"], folder, files: ["lambada/lambada_test.jsonl"])
  }

  /// Benchmarks all of whose files are the input.
  private static func benchmarks(_ names: [String], _ folder: String, files: [String]) throws -> Reading {
    let sources = BenchmarkSources(folder: folder)
    let files = try files.map { try InputOfFile(folder, $0) }
    return { bytes in
      for file in files { try file.fill(bytes) }
      for name in names {
        guard let benchmark = try? BenchmarkRegistry.make(name, from: sources) else { continue }
        let ids = Set(benchmark.items.map(\.id))
        try Disagreement.check(ids.count == benchmark.items.count, "items of \(name) have ids of their own")
      }
    }
  }
}
