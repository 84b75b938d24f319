#!/usr/bin/env python3
"""Writes Sources/CICU/character_table.c: what Tiresias knows of each of the 0x110000 code points.

    python3 -m venv VENV && VENV/bin/pip install tokenizers==0.23.3
    VENV/bin/python scripts/generate-unicode-table.py           # writes the table
    VENV/bin/python scripts/generate-unicode-table.py --check   # exit 1 if the committed table is another

Two sources, both pinned, because their data differ and each is right for its use:
- `tokenizers` 0.23.3 says what \\p{L}, \\p{N}, \\s and \\p{M} match: pre-tokens must be cut where the reference cuts;
- ICU 72 (Unicode 15.0; Debian 12) says Word_Break and Extended_Pictographic (UAX #29), and, through its NFC restricted
  to the code points of Unicode 9.0 (what the reference's normalizer knows), which code points NFC never touches.
"""
import ctypes
import hashlib
import pathlib
import sys

import tokenizers
from tokenizers import Regex, normalizers

OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "Sources/CICU/character_table.c"
LIMIT = 0x110000
BLOCK = 128
# Word_Break in the order of Sources/UnicodeText/WordBreakProperty.swift, by ICU's number (uchar.h, UWordBreakValues).
WORD_BREAK = {0: 0, 8: 1, 10: 2, 12: 3, 9: 4, 21: 5, 13: 6, 2: 7, 3: 8, 14: 9, 1: 10, 15: 11, 16: 12, 11: 13, 4: 14,
              5: 15, 6: 16, 7: 17, 22: 18}


def scalars():
    return [c for c in range(LIMIT) if not 0xD800 <= c < 0xE000]


def matching(pattern):
    """The code points that a one-character class of the reference's regex engine matches."""
    rest = normalizers.Replace(Regex(pattern), "").normalize_str("".join(map(chr, scalars())))
    return set(scalars()) - set(map(ord, rest))


class ICU:
    def __init__(self):
        self.uc = ctypes.CDLL("libicuuc.so.72")
        # UBool is one byte; what stands above it in the register is not its.
        self.uc.u_hasBinaryProperty_72.restype = ctypes.c_int8
        self.uc.unorm2_hasBoundaryBefore_72.restype = ctypes.c_int8
        self.uc.unorm2_getCombiningClass_72.restype = ctypes.c_uint8
        status = ctypes.c_int(0)
        pattern = "[:age=9.0:]"
        self.uc.uset_openPattern_72.restype = ctypes.c_void_p
        text = pattern.encode("utf-16-le")
        known = self.uc.uset_openPattern_72(text, len(pattern), ctypes.byref(status))
        self.uc.uset_freeze_72(ctypes.c_void_p(known))
        self.uc.unorm2_getNFCInstance_72.restype = ctypes.c_void_p
        nfc = self.uc.unorm2_getNFCInstance_72(ctypes.byref(status))
        self.uc.unorm2_openFiltered_72.restype = ctypes.c_void_p
        self.nfc = ctypes.c_void_p(
            self.uc.unorm2_openFiltered_72(ctypes.c_void_p(nfc), ctypes.c_void_p(known), ctypes.byref(status)))
        assert status.value <= 0, status.value

    def word_break(self, c):
        return WORD_BREAK[self.uc.u_getIntPropertyValue_72(c, 0x1014)]

    def is_pictographic(self, c):
        return self.uc.u_hasBinaryProperty_72(c, 64) != 0

    def is_inert(self, c):
        """A starter that NFC leaves alone beside any other such code point, and that no text before it can change."""
        text = chr(c).encode("utf-16-le", "surrogatepass")
        status = ctypes.c_int(0)
        yes = self.uc.unorm2_quickCheck_72(self.nfc, text, len(text) // 2, ctypes.byref(status)) == 1
        starter = self.uc.unorm2_getCombiningClass_72(self.nfc, c) == 0
        before = self.uc.unorm2_hasBoundaryBefore_72(self.nfc, c) != 0
        assert status.value <= 0 and (before or not (yes and starter))
        return yes and starter


def properties():
    """Per code point (class, other properties): class 0 letter, 1 number, 2 space, 3 other; see character_table.h."""
    assert tokenizers.__version__ == "0.23.3", tokenizers.__version__
    icu = ICU()
    letters, numbers, spaces, marks = (matching(p) for p in (r"\p{L}", r"\p{N}", r"\s", r"\p{M}"))
    assert not letters & numbers and not letters & spaces and not numbers & spaces
    for c in range(LIMIT):
        kind = 0 if c in letters else 1 if c in numbers else 2 if c in spaces else 3
        rest = icu.word_break(c) | icu.is_pictographic(c) << 5 | (c in marks) << 6 | icu.is_inert(c) << 7
        yield kind, rest


def fnv1a(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = (h ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return h


def rows(values, width):
    values = list(map(str, values))
    for i in range(0, len(values), width):
        yield "  " + ",".join(values[i:i + width]) + ","


def render():
    table = list(properties())
    # A code is palette index * 4 + class, so that the class, asked far more often than the rest, needs no palette.
    palette = sorted({rest for _, rest in table})
    assert len(palette) <= 64
    codes = bytes(palette.index(rest) << 2 | kind for kind, rest in table)
    flat = bytes(b for pair in table for b in pair)
    blocks, index = {}, []
    for i in range(0, LIMIT, BLOCK):
        index.append(blocks.setdefault(codes[i:i + BLOCK], len(blocks)))
    assert len(blocks) <= 256
    return "\n".join([
        "// Made by scripts/generate-unicode-table.py; do not edit. Sources: tokenizers 0.23.3 and ICU 72 (Unicode 15.0).",
        "// SHA-256 of (class, properties) of each code point in order, two bytes each:",
        f"// {hashlib.sha256(flat).hexdigest()}",
        '#include "include/character_table.h"',
        "",
        f"const char tiresias_character_hash[] = \"{hashlib.sha256(flat).hexdigest()}\";",
        f"const uint64_t tiresias_character_checksum = UINT64_C(0x{fnv1a(flat):016X});",
        "const uint8_t tiresias_character_palette[64] = {", *rows(palette, 32), "};",
        f"const uint8_t tiresias_character_index[{len(index)}] = {{", *rows(index, 32), "};",
        f"const uint8_t tiresias_character_blocks[{len(blocks) * BLOCK}] = {{",
        *rows(b"".join(blocks), 32), "};", ""])


if __name__ == "__main__":
    text = render()
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if OUTPUT.read_text() == text else f"{OUTPUT} is not what this script makes")
    OUTPUT.write_text(text)
