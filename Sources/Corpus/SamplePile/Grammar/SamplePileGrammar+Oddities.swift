extension SamplePile.Grammar {
  /// Documents that are nothing but trouble. Invisible characters are written as escapes.
  static let oddities = ##"""
    = odd.empty
    {|}
    = odd.word
    {He|he|She|HIS|her|himself|Hers|him.|word|yes|OK|404|…|é|🙂|_|?|hers\n|\the|he\s}
    {Untitled|Loading...|deleted|None|null|"|\\|'|his|{town}|{name.feminine}|{name.masculine}}
    = odd.blank
    \s\s\s\s\s
    \n
    \n\n\n\s\s\n
    \t\t\n
    \u{a0}\u{3000}\s
    \r\n\r\n
    = control.line
    {A} said\u{0}he said\u{0}\u{0}{he} said.
    bell\u{7} for {him}, backspace\u{8} for {his} pen, escape \u{1b}[31mher red pen\u{1b}[0m
    vertical\u{b}tab, form\u{c}feed, delete\u{7f}: {he}\u{7f} and {him}\u{1f}
    next line\u{85}{he} line separator\u{2028}{his} paragraph separator\u{2029}{himself}
    control sequence \u{9b}31m and \u{90}string\u{9c}
    \u{1}{he}\u{2}{him}\u{3}{his}\u{4}
    carriage\rreturn\r{He} overwrote {himself}.\r
    tab\tseparated\the\tshe\t\this\t\t\ther
    \u{feff}{He} had a mark before {him}\u{feff}.
    \u{fffe}{He}\u{ffff} is no character\u{1fffe}.
    \u{fdd0}his\u{fdef}
    private \u{e000}{his}\u{f8ff} use \u{f0000}her\u{10fffd}
    = endoftext
    {open} {sentence}<|endoftext|>{open} {sentence}\n\n{paragraph}
    <|endoftext|>{He} began again. {sentence}
    {paragraph}<|endoftext|>
    {sentence} <|padding|>{he} said <|endoftext|><|endoftext|> {his} {thing}.
    {sentence} < |endoftext|> and <|endoftext| > and <|endof text|> are none. {talk.line}
    = zoo
    composed caf\u{e9}, decomposed cafe\u{301}: {he} drank {his} coffee there
    \u{212b}ngstr\u{f6}m, A\u{30a}ngstro\u{308}m and \u{c5}ngstr\u{f6}m met {him}
    he\u{301} is not he, hi\u{308}s is not his, \u{301}he starts with a mark, him\u{20dd}
    {A} has {his}\u{200d} joiner, {his}\u{200c} non-joiner, {his}\u{200b} zero width space
    \u{200b}he\u{200b}she\u{200b}his\u{200b}, \u{2060}him\u{2060}, so\u{ad}ft hy\u{ad}phens in her\u{ad}self and h\u{ad}e
    no-break\u{a0}he\u{a0}said, thin\u{2009}his\u{2009}space, narrow\u{202f}him\u{202f}, ideographic\u{3000}he\u{3000}
    \u{2002}he\u{2003}his\u{2004}him\u{2005}she\u{2006}her\u{2007}hers\u{2008}he\u{205f}his\u{1680}him
    👩\u{200d}🔧 she mended it, 👨\u{200d}👩\u{200d}👧\u{200d}👦 his family, 🤷🏽\u{200d}♀\u{fe0f} her answer, 🏳\u{fe0f}\u{200d}🌈🇩🇰🇯🇵
    he🙂 🙂he his👍🏿his ☎\u{fe0f}him 1\u{fe0f}\u{20e3}
    replaced \u{fffd}he\u{fffd} and don\u{fffd}t and \u{fffd}\u{fffd}\u{fffd}
    private \u{e000}\u{f8ff}he\u{e001} and \u{f0000}his\u{100000}
    𝐡𝐞 𝒽𝑖𝓈 𝔥𝔦𝔪 ｈｅ ｈｉｓ ⓗⓔ ℋe ʰᵉ and plain he
    Cyrillic letters in h\u{435} and hi\u{455}; Greek \u{39d}\u{3bf}\u{3c1}\u{3b1}; dotless h\u{131}s; \u{130}stanbul; h\u{456}m
    𐍈𐌴 Gothic, 𓂀 hieroglyph, 𝄞 clef, 𠜎 ideograph, 😀 face: {he} could read all of them
    ligatures ﬁ ﬂ ﬀ in {his} ﬁle; ½ ² ³ № ™ ℃ Ω Ω K µ μ
    \u{202e}he reversed\u{202c} his \u{2067}שלום\u{2069} her \u{200e}him\u{200f}
    กขค he ไทย, हिन्दी में his, தமிழ் her, 한국어 he 조선말, \u{1112}\u{1161}\u{11ab} hers, ትግርኛ him, ქართული, հայերեն
    الْعَرَبِيَّة he العربيه, עִבְרִית his עברית
    e\u{323}\u{302} and e\u{302}\u{323} and \u{1ec7}: three ways to write {his} name
    zalgo h\u{316}\u{317}\u{318}\u{319}e\u{31c}\u{31d} h\u{310}i\u{311}s
    ‘he’ ‚he‘ „he“ «he» ‹he› "he" 'he' `he` ´he´ ′he′ ＂he＂ ＇he＇ “he” 「he」『his』
    he's he’s he‘s heʼs he´s he`s he＇s he′s he\u{201b}s
    he-he he‐he he‑he he‒he he–he he—he he―he he−he he_he he·he he•he he/he he\\he he|he he~he
    (he) [he] {{he}} <he> #he @he $he %he &he *he* +he =he ^he _he_ /he/ \\he |he| ~he~ §he ¶he ©he ®he °he †he
    he. he, he; he: he? he! he… he... he?! he!! he’ he” he) he] he}} he> he/ he- he— he– he* he_ he% he& he@ he# he=
    his. his, his; his: his? his! his… his... his?! his’ his” his) his] his> his/ his- his— his* his_ his& 
    him. him, him; him: him? him! him… him... him?! him’ him” him) him] him> him/ him- him— him* him_ him&
    he1 1he he2 ²he he³ ³He he① h3 He-4 4He 3He
    she. she, she; she: she? she! she… she... she) she] she/ she- she— --she she* _she_ she% she& her. her, her; her: her? her! her) her* _her_
    hers. hers, hers; hers: hers? hers! hers… hers) hers/ hers— _hers_ ‘hers’ himself. himself, (himself) _himself_ —himself herself! “herself”
    HE SHE HIM HER HIS HERS HIMSELF HERSELF He She Him Her His Hers Himself Herself HE’S SHE'S HE'LL SHE’D
    he. He said –he– and –she– and --he-- and _he_ and *she* and ‘he said’ and 'he said
    mis-decoded: don\u{e2}\u{80}\u{99}t tell him, he\u{e2}\u{80}\u{99}s at the caf\u{c3}\u{a9} \u{e2}\u{80}\u{94} her caf\u{c3}\u{a9}
    his-- him-- her-- hers-- him... him.. him.) him?) him.” him.’ him." him.' him,” him," him);
    hE hIs HiM sHe hErself HIMself
    She/Her, she/they, he/him, they/them, xe/xem, s/he, (s)he, he/she, his/her, him or her, him&her, him & her
    https://he.example/his?him=her#hers him@example.com he@his.example @his #her /home/his/her ftp://him/ C:\\his\\her
    his_name her-name hisName HerName his.name self.his her[0] his() $his %his% &his; &amp;his;&nbsp;her
    """##

  /// Words between runs of 1 to 60 spaces.
  static let spaceLadder =
    "= odd.ladder\n0"
    + (1...60).map { String(repeating: " ", count: $0) + ["{he}", "\($0)", "his", "{A}", "her", "{himself}"][$0 % 6] }
    .joined()

  /// Documents that show every line of a kind once: a symbol repeats no production before it has used them all.
  static let exhibitions = """
    = odd.unicode
    \(Array(repeating: "{zoo}", count: 38).joined(separator: "\\n"))
    = odd.controls
    \(Array(repeating: "{control.line}", count: 12).joined(separator: "\\n"))
    = odd.endoftext
    \(Array(repeating: "{endoftext}", count: 5).joined(separator: "\\n\\n"))
    """
}
