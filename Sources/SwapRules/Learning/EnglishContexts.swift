/// The English word classes and endings that learnt tables look at. They are written into each table, so that a table
/// means the same whatever becomes of these lists.
enum EnglishContexts {
  static let classes: [LearntTable.WordClass] = [
    list(
      "auxiliary",
      "am are be been being is was were has have had having do does did done will would shall should can could may might must ought ain't cannot"
    ),
    list(
      "determiner",
      "a an the this that these those some any every each either neither no another all both such what which many much more most several few enough half"
    ),
    list("possessive", "my your his her its our their whose mine yours hers ours theirs"),
    list(
      "pronoun",
      "i you he she it we they me him us them who whom myself yourself himself herself itself ourselves yourselves themselves something anything nothing everything someone anyone everyone somebody anybody everybody nobody there"
    ),
    list(
      "conjunction",
      "and or but nor if because although though while whilst whereas when whenever where wherever unless until till than as lest whether since so"
    ),
    list(
      "preposition",
      "of to in on at by for from with without into onto upon about above across after against along alongside amid among amongst around before behind below beneath beside besides between beyond during except inside near off out outside over past per round through throughout toward towards under underneath up down via within"
    ),
    list(
      "adverb",
      "not never too again away back aside together alone now then today tonight tomorrow yesterday once twice here soon ever always often just even still already yet also instead anyway forever how why very quite rather almost only perhaps maybe else home"
    ),
  ]

  static let endings: [LearntTable.WordClass] = [
    list("contraction", "'d 'll 'm 're 've n't"),
    list("genitive", "'s s'"),
    list("-ing", "ing"), list("-ed", "ed"), list("-ly", "ly"), list("-s", "s"),
    list("-er", "er"), list("-est", "est"),
    list("adjective", "able al ful ible ic ish ive less ous"),
    list("noun", "age ance dom ence hood ism ity ment ness ship sion ss tion"),
  ]

  private static func list(_ name: String, _ texts: String) -> LearntTable.WordClass {
    LearntTable.WordClass(name: name, texts: texts.split(separator: " ").map { String($0) })
  }
}
