"""What Python's json makes of the lines of a raw Pile: one answer a line, for the tests of the Corpus room.

Reads bytes on standard input. Writes, for each line: `-` if it is refused, else the text and the subset (`-` if there
is none) in hexadecimal UTF-8, lone surrogates replaced by U+FFFD.
"""

import json
import sys


def text_of(value):
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        text = value["text"]
        if isinstance(text, list):
            text = "\n\n".join(text)
        if isinstance(text, str):
            return text
    raise ValueError("no text")


def subset_of(value):
    meta = value.get("meta") if isinstance(value, dict) else None
    name = meta.get("pile_set_name") if isinstance(meta, dict) else None
    return name if isinstance(name, str) else None


def hexadecimal(text):
    # Python joins "\ud83d" + "\ude00" only when both were escaped side by side, as we do.
    whole = "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)
    return "=" + whole.encode().hex()


for line in sys.stdin.buffer.read().split(b"\n")[:-1]:
    try:
        value = json.loads(line.decode("utf-8"))
        text, subset = text_of(value), subset_of(value)
    except (ValueError, KeyError, TypeError, RecursionError):
        print("-")
        continue
    print(hexadecimal(text), "-" if subset is None else hexadecimal(subset))
