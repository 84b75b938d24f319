"""Rule files and texts to try the program with: made from a grammar, then damaged."""

import json

WORDS = "he she him her his hers himself herself they them their theirs is was has does the a of and or in to by good".split()
BASES = ["base/english-classes@1", "base/guards@1", "base/guards@2", "base/nothing@1", "fuzz@1", "../fuzz@1", "base/guards"]
KINDS = (
    "word number capitalised uppercase punctuation stop ellipsis hyphen dash slash quote open-quote close-quote bracket "
    "open-bracket close-bracket symbol end paragraph newline adjacent"
).split()
SPANS = ["url", "email", "handle", "identifier", "inline-code", "code-fence", "tag", "foreign", "credit", "foreign-language"]
PATTERNS = [
    r"(?i)\bbundle of his\b", r"(a+)+$", r"(?:a?){40}a{40}", r"((.*)*)\1", r"(?<=h)e", r"[[:alpha:]&&[^h]]+", r"(\w+\s?)*!",
    r"\p{Lu}*", r"(?<=a{1,99})h", "$", r"(?:(?:(?:a*)*)*)*b", r"\X{0,999}", r"(?s).{0,9999}", "(?i)ſ",
]
BROKEN_PATTERNS = ["(", "[", "", "\\", "(?<=a*)b", r"\p{Xx}", "(?", "a{9999999999}"]
SCALARS = [
    "on", "off", "no", "yes", "null", "~", "true", "1", "-1", "0.6", "1e999", "99999999999999999999", "0x10", ".inf", ".nan", "",
    " ", "\u0000", "\ufeff", "\u2028", "é", "e\u0301", "ß", "İ", "ﬁ", "ς", "ա", "👩‍👩‍👧", "a" * 70_000, "../../etc", "\n", "\t", "'", "’",
    "*a", "&a", "!!str x", "<<", "? ", "- ", ": ", "#", "%YAML 1.1", "---", "...", "|", ">", "@", "`",
]
KEYS = (
    "schema pack version status language description citations extends case boundaries apostrophes paired_forms classes "
    "lexicon guards exceptions tests id from to from-id to-id clitics choose choices write direction tokenizer uncertain when keep pairs match all any not in not-in is suffix mark "
    "prev prev2 prev3 next next2 next3 table threshold spans regex text reason out same by todo file features pair tokens"
).split()


class Maker:
    """Draws everything from one generator, so that a number names a case."""

    def __init__(self, draw, seeds):
        self.draw, self.seeds = draw, seeds

    def often(self, share=0.9):
        return self.draw.random() < share

    def some(self, values, most=4):
        return [self.draw.choice(values) for _ in range(self.draw.randrange(1, most + 1))]

    def scalar(self):
        return self.draw.choice(self.draw.choice([WORDS, WORDS, SCALARS]))

    # A pack by its grammar

    def pack(self):
        replica = self.draw.random()
        if replica < 0.12:
            return self.spoilt(self.replica("token-id" if replica < 0.06 else "ascii-space"))
        pack = {"schema": 1, "pack": "fuzz", "version": "1.0.0", "status": "experimental"}
        if self.often(0.6):
            pack["extends"] = ["base/english-classes@1", "base/guards@1"] + (["base/her@1"] if self.often(0.1) else []) if self.often(0.8) else self.some(BASES)
        for key, share, values in (
            ("case", 0.3, ["preserve", "exact"]), ("boundaries", 0.1, ["uax29", "uax29", "ascii-space", "token-id"]),
            ("direction", 0.2, ["m2f", "f2m", "both", "neutral"]), ("paired_forms", 0.1, ["keep", "swap"]), ("apostrophes", 0.2, [["'"], ["'", "’"]]), ("language", 0.2, ["en", "de"]),
        ):
            if self.often(share):
                pack[key] = self.draw.choice(values)
        pack["classes"] = {f"c{n}": self.class_words() for n in range(self.draw.randrange(4))}
        words = self.draw.sample(WORDS, len(WORDS))
        pack["lexicon"] = [self.entry(n, words) for n in range(self.draw.randrange(1, 8))]
        if self.often(0.5):
            pack["guards"] = {"spans": self.spans(), "regex": self.some(PATTERNS if self.often(0.95) else BROKEN_PATTERNS, 2)}
        if self.often(0.3):
            pack["exceptions"] = [{"text": f"{pack['lexicon'][0]['from'][0]}-good", "reason": "fuzz"}]
        pack["tests"] = [self.test() for _ in range(self.draw.choice([0, 0, 1, 3]))]
        return self.spoilt(pack) if self.often(0.4) else pack

    def replica(self, boundaries):
        pack = {"schema": 1, "pack": "fuzz", "version": "1.0.0", "status": "frozen-replica", "boundaries": boundaries}
        words = self.draw.sample(WORDS, 4)
        pack["lexicon"] = [{"id": word, "from": f" {word} ", "to": f" {self.draw.choice(WORDS)} "} for word in words]
        if boundaries == "token-id":
            pack["tokenizer"] = "20B"
            ids = [0, 1, 344, 703, 50_276, 65_536, 1 << 31, 1 << 40, -1] if self.often(0.2) else range(2, 50_000)
            for entry in pack["lexicon"]:
                entry |= {"from-id": self.draw.choice(ids), "to-id": self.draw.choice(ids)}
        return pack

    def spans(self):
        return sorted(set(self.some(SPANS))) if self.often(0.97) else self.some(["no-span", *SPANS])

    def class_words(self):
        if self.often(0.05):
            return {"file": self.draw.choice(["classes/prepositions.txt", "classes", "/dev/zero", "../x", ""])}
        return sorted(set(self.some(WORDS, 8)))

    def entry(self, number, words):
        """An entry for one or two words that no other entry has, unless there are none left."""
        own = [words.pop() for _ in range(self.draw.choice([1, 1, 2])) if len(words) > 1]
        entry = {"id": f"e{number}" if self.often(0.98) else self.scalar(), "from": own or ["he"]}
        if self.often(0.1):
            entry["from"] = [" ".join([*entry["from"], *self.some(WORDS, 2)])]
        if self.often(0.3):
            entry["clitics"] = sorted(set(self.some(["'s", "'d", "'ll", "'ve"])))
        if self.often(0.2):
            entry["pairs"] = sorted(set(self.some(WORDS)))
        if self.often(0.1):
            entry["features"] = {self.draw.choice(WORDS): self.scalar()}
        if self.often(0.5):
            entry["to"] = self.draw.choice(WORDS)
        elif self.often(0.1):
            name = self.draw.choice(["her-sense", "his-sense", "none"])
            entry |= {"choose": name, "write": {role: "he" for role in self.some(["object", "possessive", "dependent"])}}
        else:
            entry["choose"] = [self.branch(number, n) for n in range(self.draw.randrange(1, 5))]
        return entry

    def branch(self, entry, number):
        branch = {"id": f"e{entry}-b{number}", "when": self.condition(3)}
        if self.often(0.05):
            branch |= {"table": self.draw.choice(["tables/her-object.tsv", "tables/none.tsv"]), "threshold": "0.6"}
        return branch | ({"to": self.draw.choice(WORDS)} if self.often(0.8) else {"keep": True})

    def condition(self, depth):
        condition = {}
        for _ in range(self.draw.randrange(1, 4)):
            kind = self.draw.randrange(7)
            if kind == 6:
                condition["match"] = self.some(["lower", "title", "upper"], 1)
            elif depth and kind == 0:
                condition[self.draw.choice(["all", "any"])] = [self.condition(depth - 1) for _ in range(self.draw.randrange(1, 4))]
            elif depth and kind == 1:
                condition["not"] = self.condition(depth - 1)
            else:
                condition[self.draw.choice(["prev3", "prev2", "prev", "next", "next2", "next3"])] = self.item(depth)
        return condition

    def item(self, depth):
        item = {}
        for key in self.some(["in", "not-in", "is", "suffix", "mark", "any", "all", "not"], 3):
            if key == "not" and depth:
                item[key] = self.item(depth - 1)
            elif key in ("in", "not-in"):
                item[key] = self.some(["preposition", "determiner", "pronoun"] if self.often() else ["c0", "c1", "c9"])
            elif key in ("any", "all"):
                item[key] = self.some(KINDS)
            elif key != "not":
                item[key] = self.some({"is": WORDS, "suffix": ["ing", "ed", "s", "'s"]}.get(key, [",", ".", "...", "-", "’"]))
        return item or {"any": ["word"]}

    def test(self):
        test = {"in": self.phrase()}
        test |= {"same": True} if self.often(0.5) else {"out": self.phrase()}
        return test | ({"todo": True} if self.often(0.3) else {}) | ({"by": self.scalar()} if self.often(0.2) else {})

    def phrase(self):
        """A few words, as in a sentence."""
        return " ".join(self.some(WORDS, 6)) + self.draw.choice([".", "", "?", " ", "\n"])

    def spoilt(self, value):
        """Now and then another kind of value, an unknown key, or one too many."""
        if self.draw.random() < 0.01:
            return self.draw.choice([self.scalar(), [], {}, None, 7, True, [[]], {"x": {}}, self.nested()])
        if isinstance(value, dict):
            made = {self.misspelt(key): self.spoilt(item) for key, item in value.items()}
            return made | ({self.draw.choice(KEYS): self.scalar()} if self.draw.random() < 0.01 else {})
        return [self.spoilt(item) for item in value] if isinstance(value, list) else value

    def misspelt(self, key):
        return key if self.draw.random() > 0.005 else self.draw.choice([key + "s", key[1:], key.upper(), self.scalar()])

    def nested(self):
        value = "x"
        for _ in range(self.draw.choice([3, 60, 400])):
            value = [value] if self.often(0.5) else {"not": value}
        return value

    # A rule file

    def rule_file(self):
        kind = self.draw.random()
        if kind < 0.1:
            return self.draw.choice(self.seeds)
        if kind < 0.5:
            return json.dumps(self.pack(), ensure_ascii=self.often(0.5)).encode("utf-8", "surrogatepass")
        if kind < 0.75:
            return self.edited_lines(self.draw.choice(self.seeds))
        text = json.dumps(self.pack()).encode() if self.often(0.3) else self.draw.choice(self.seeds)
        return self.damaged(text)

    def edited_lines(self, text):
        """Lines of a real pack lost, doubled, moved, indented otherwise, or with another word in them."""
        lines = text.split(b"\n")
        for _ in range(self.draw.randrange(1, 5)):
            place, other = self.draw.randrange(len(lines)), self.draw.randrange(len(lines))
            line = lines[place]
            match self.draw.randrange(6):
                case 0:
                    lines[place] = b""
                case 1:
                    lines.insert(other, line)
                case 2:
                    lines[place], lines[other] = lines[other], line
                case 3:
                    lines[place] = b" " * self.draw.randrange(8) + line.lstrip()
                case 4:
                    words = line.split(b" ")
                    words[self.draw.randrange(len(words))] = self.scalar().encode()
                    lines[place] = b" ".join(words)
                case 5:
                    old, new = self.draw.choice(KEYS).encode(), self.draw.choice(KEYS).encode()
                    lines = b"\n".join(lines).replace(old + b":", new + b":", 1).split(b"\n")
        return b"\n".join(lines)

    def damaged(self, text):
        """Bytes changed, lost, doubled or put in."""
        text = bytearray(text)
        for _ in range(self.draw.choice([1, 1, 2, 5, 40])):
            place = self.draw.randrange(len(text) + 1)
            match self.draw.randrange(6):
                case 0 if place < len(text):
                    text[place] = self.draw.randrange(256)
                case 1:
                    del text[place : place + self.draw.choice([1, 2, 30, 500])]
                case 2:
                    text[place:place] = text[place : place + self.draw.choice([1, 20, 300])]
                case 3:
                    text[place:place] = self.draw.choice(SCALARS).encode()
                case 4:
                    text[place:place] = self.draw.choice(HOSTILE)
                case 5:
                    del text[place:]
        return bytes(text)

    # A text

    def text(self):
        kind = self.draw.random()
        if kind < 0.1:
            return self.draw.choice(HOSTILE) * self.draw.choice([1, 50]) + self.phrase().encode()
        if kind < 0.3:
            return self.damaged(self.pieces(200))
        return self.pieces(self.draw.choice([3, 30, 300, 3000]))

    def pieces(self, most):
        pools = [WORDS, WORDS, WORDS, MARKS, [" "], [" "], [" "], SPANNED, SCALARS[:28]]
        made = [self.draw.choice(self.draw.choice(pools)) for _ in range(self.draw.randrange(most))]
        made += [self.scalar_value() for _ in range(self.draw.randrange(4))]
        self.draw.shuffle(made)
        casing = self.draw.choice([str, str, str.upper, str.title])
        space = self.draw.choice(["", " ", " "])
        return space.join(map(casing, made)).encode("utf-8", "surrogatepass" if self.often(0.1) else "replace")

    def scalar_value(self):
        return chr(self.draw.choice([self.draw.randrange(0x300), self.draw.randrange(0x3000), self.draw.randrange(0x110000)]))


MARKS = [*".,;:!?-–—/()[]{}<>\"'’‘“”«»_@#$%&*+=~`|\\", "...", "…", "\n", "\n\n", "\r\n", "\t", "```\n", "~~~\n", "\u0301", "\u200d", "\u00ad"]
SPANNED = [
    "https://he.net/his", "him@example.com", "@his", "self.his_name", "`he`", "he/she", "s/he", "(s)he", "his or her", "him & her",
    "<his>", "</he", "he's", "he’ll", "he'd've", "his()", "\"his\": 3", "$his", "->his", "he-man", "He-4", "[t]he", "http://", "he@",
]
HOSTILE = [
    b"[" * 20_000, b"{a: " * 5_000, b"- " * 20_000, b"{not: " * 300, b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"\xc0\xaf", b"&a [*a, *a]", b"!!python/object x", b"\r", b"\x85", b"a" * 100_000, b"he " * 20_000, b"'" * 5_000, b"`" * 5_000,
    b"he/she/" * 3_000, "\u0301".encode() * 20_000, b"<" * 20_000, b"." * 20_000, b"his\n" * 5_000, b"http://" * 3_000, b"@" * 20_000,
]
