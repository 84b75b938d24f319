// How fast text of several languages is cut into pre-tokens and encoded: language-speed TOKENIZER
//
// A few sentences' words (characters, where there are no spaces) in random order, 8 MB of each language: so what is seen is the
// scripts, and hardly the vocabularies; encoding finds nearly all in its caches, but for Chinese and Japanese, whose pre-tokens are
// clauses. MB/s of UTF-8 by the thread's clock, the median of seven passes, and the ratio to English.
import CTextBlocks
import Glibc
import Tokenization

struct Language {
  let name: String
  let words: [String]
  let separator: String

  init(_ name: String, _ sentence: String) {
    self.name = name
    let isSpaced = sentence.contains(" ")
    words = isSpaced ? sentence.split(separator: " ").map(String.init) : sentence.map(String.init)
    separator = isSpaced ? " " : ""
  }

  /// Random words up to a number of bytes.
  func text(_ size: Int, seed: UInt64) -> [UInt8] {
    var generator = SplitMix(state: seed)
    var text: [UInt8] = []
    while text.count < size { text += Array((words.randomElement(using: &generator)! + separator).utf8) }
    return text
  }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}

let languages = [
  Language(
    "English",
    "The old sailor said that he had never seen so strange a light above the quiet water, and nobody believed him."),
  Language(
    "French",
    "L'été dernier, la fenêtre était déjà fermée où l'élève français espérait célébrer sa très belle journée à côté du château."
  ),
  Language(
    "Vietnamese", "Người thủy thủ già nói rằng ông chưa bao giờ thấy một ánh sáng lạ như thế trên mặt nước yên tĩnh."),
  Language(
    "Russian",
    "Старый моряк сказал, что никогда ещё не видел такого странного света над тихой водой, и никто ему не поверил."),
  Language("Greek", "Ο γέρος ναυτικός είπε ότι δεν είχε ξαναδεί ποτέ τόσο παράξενο φως πάνω από το ήσυχο νερό."),
  Language("Arabic", "قال البحار العجوز إنه لم ير قط ضوءا غريبا كهذا فوق الماء الهادئ ولم يصدقه أحد."),
  Language("Hindi", "बूढ़े नाविक ने कहा कि उसने शांत पानी के ऊपर ऐसा अजीब प्रकाश पहले कभी नहीं देखा था।"),
  Language("Chinese", "老水手说他从来没有见过平静的水面上有这样奇怪的光，谁也不相信他的话。"),
  Language("Japanese", "年老いた船乗りは、静かな水の上にこんな不思議な光を見たことがないと言ったが、だれも信じなかった。"),
  Language("Korean", "늙은 선원은 고요한 물 위에서 그렇게 이상한 빛을 본 적이 없다고 말했지만 아무도 믿지 않았다."),
]

/// Seconds of this thread.
func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func median(_ bytes: Int, _ pass: () throws -> Void) rethrows -> Double {
  var speeds: [Double] = []
  for _ in 0..<7 {
    let start = seconds()
    try pass()
    speeds.append(Double(bytes) / 1e6 / (seconds() - start))
  }
  return speeds.sorted()[3]
}

/// MB/s of cutting with registers of a kind.
func cutting(_ text: [UInt8], _ registers: tiresias_registers) -> Double {
  var starts = [UInt32](repeating: 0, count: 1024)
  return median(text.count) {
    var cut = tiresias_cut()
    while cut.position < text.count {
      _ = tiresias_cut_pre_tokens(registers, &cut, text, text.count, 24, &starts, starts.count)
    }
  }
}

func encoding(_ text: [UInt8], _ tokenizer: Tokenizer) throws -> Double {
  let encoder = Encoder(tokenizer)
  var ids: [UInt16] = []
  return try median(text.count) {
    ids.removeAll(keepingCapacity: true)
    try text.withUnsafeBufferPointer { try encoder.encode($0, into: &ids) }
  }
}

func padded(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }

func run(_ path: String) throws {
  let tokenizer = try Tokenizer(path: path)
  let kinds = Array(0...tiresias_widest_registers())
  let columns = kinds.map { ["plain", "AVX2", "AVX-512"][Int($0)] } + ["encode"]
  print(padded("", 12) + columns.map { padded($0, 10) + padded("ratio", 7) }.joined())
  var english: [Double] = []
  for language in languages {
    let text = language.text(8_000_000, seed: 1)
    let speeds = kinds.map { cutting(text, $0) } + [try encoding(text, tokenizer)]
    if english.isEmpty { english = speeds }
    let cells = zip(speeds, english).map { speed, base in
      padded("\(Int(speed))", 10) + padded("\((speed / base * 100).rounded() / 100)", 7)
    }
    print(padded(language.name, 12) + cells.joined())
  }
}

guard CommandLine.arguments.count == 2 else {
  print("usage: language-speed TOKENIZER")
  exit(2)
}
try run(CommandLine.arguments[1])
