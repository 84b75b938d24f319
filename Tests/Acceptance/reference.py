"""The slow independent reference: what an intervened window must be.

Taken from the program: which words the rules would replace in a text (`tiresias rules apply --edits --all`).
Everything else is made again here: the training order, the text of a segment, the token run of every edit, which edits
are dropped and why, the selection, and the samples. Each item's fully edited text is encoded as a whole, and that must
agree with the token runs that were found edit by edit.
"""

import bisect
import dataclasses
import re

from text import PADDING, PRE_TOKEN, segments

# Between an ASCII letter and a space with a letter behind it every pre-tokenization and every NFC has a boundary,
# whatever stands further away: a text cut there encodes to the pieces' encodings, one after the other.
CERTAIN_BOUNDARY = re.compile(rb"(?<=[A-Za-z])(?= [A-Za-z])")


@dataclasses.dataclass
class Candidate:
    """What the rules say about one place of a segment's text: bytes [start, end), or why nothing is done there."""

    start: int
    end: int
    after: bytes | None
    reason: str | None


@dataclasses.dataclass
class Edit:
    """A token run [first, end) of an item and what replaces it; `reason` says why it is not replaced."""

    item: int
    first: int
    end: int
    after: list[int]
    token: int
    byte: int
    candidates: list[Candidate]
    reason: str | None = None

    @property
    def keeps_length(self):
        return len(self.after) == self.end - self.first


def common_prefix(a, b):
    count = 0
    for x, y in zip(a, b):
        if x != y:
            break
        count += 1
    return count


def smallest_run(old, new, touched):
    """The smallest run of `old` that covers `touched` and whose replacement gives `new`; and its replacement."""
    before = min(common_prefix(old, new), touched[0])
    behind = min(common_prefix(old[::-1], new[::-1]), len(old) - touched[1])
    assert before + behind <= len(new)
    return before, len(old) - behind, new[before : len(new) - behind]


class Segment:
    """One segment of an item: its text, and the reference encoding of that text."""

    def __init__(self, encoder, item, first, ids, literal):
        self.encoder, self.item, self.first, self.ids, self.literal = encoder, item, first, ids, literal
        self.text = encoder.decode(ids)
        self.base_starts = self._starts(ids)
        self.tokens = encoder.encode(self.text)
        self.canonical = self.tokens == ids
        self.starts = self.base_starts if self.canonical else self._starts(self.tokens)
        assert self.starts[-1] == len(self.text), "the reference encoding changes the text's length: not NFC"
        self.boundaries = [match.start() for match in CERTAIN_BOUNDARY.finditer(self.text)]

    def _starts(self, ids):
        starts = [0]
        for index in ids:
            starts.append(starts[-1] + len(self.encoder.bytes_of[index]))
        return starts

    def neighbourhood(self, start, end):
        """Bytes around [start, end) that can be encoded alone; all of the text in literal mode."""
        if self.literal:
            return 0, len(self.text)
        left = bisect.bisect_right(self.boundaries, start - 2) - 1
        right = bisect.bisect_left(self.boundaries, end + 1)
        return (
            self.boundaries[left] if left >= 0 else 0,
            self.boundaries[right] if right < len(self.boundaries) else len(self.text),
        )

    def run(self, candidates):
        """The token run (in the reference encoding) of one edit made of these candidates, and what replaces it."""
        start, end = candidates[0].start, max(candidate.end for candidate in candidates)
        low, high = self.neighbourhood(start, end)
        first, last = bisect.bisect_left(self.starts, low), bisect.bisect_left(self.starts, high)
        assert self.starts[first] == low and self.starts[last] == high
        old = self.tokens[first:last]
        new = self.encoder.encode(replaced(self.text[low:high], candidates, low))
        touched = bisect.bisect_right(self.starts, start) - 1, bisect.bisect_left(self.starts, end)
        p, q, after = smallest_run(old, new, (touched[0] - first, touched[1] - first))
        return p + first, q + first, after

    def pre_tokens_around(self, low, high):
        """The byte range from the pre-token before `low` to the pre-token behind `high`, both included."""
        characters = self.text.decode()
        starts, position = [0], 0
        for match in PRE_TOKEN.finditer(characters):
            position += len(match.group().encode())
            starts.append(position)
        before = bisect.bisect_left(starts, low) - 1
        behind = bisect.bisect_right(starts, high)
        return starts[max(before, 0)], starts[min(behind, len(starts) - 1)]

    def base_agrees(self, p, q):
        """Whether the base has the reference's tokens in the run and in the pre-token on either side."""
        if self.canonical:
            return True
        low, high = self.pre_tokens_around(self.starts[p], self.starts[q])
        return self._within(self.ids, self.base_starts, low, high) == self._within(self.tokens, self.starts, low, high)

    @staticmethod
    def _within(ids, starts, low, high):
        first, last = bisect.bisect_left(starts, low), bisect.bisect_left(starts, high)
        whole = starts[first] == low and starts[last] == high
        return ids[first:last] if whole else (low, high, starts[first], starts[last])

    def edits(self, candidates):
        """Every edit of this segment, dropped ones with their reason, in order; runs that overlap are one edit."""
        groups = merge([[candidate] for candidate in candidates if candidate.reason is None], self.run)
        return [self.edit(*group) for group in groups]

    def edit(self, candidates, p, q, after):
        start = candidates[0].start
        token = bisect.bisect_right(self.base_starts, start) - 1
        edit = Edit(self.item, 0, 0, after, self.first + token, start - self.base_starts[token], candidates)
        if not self.base_agrees(p, q):
            edit.reason = "noncanonical"
            return edit
        edit.first = self.first + bisect.bisect_left(self.base_starts, self.starts[p])
        edit.end = edit.first + q - p
        return edit


def replaced(text, candidates, offset=0):
    """`text` (which starts at byte `offset` of the segment) with these candidates' words replaced."""
    pieces, end = [], offset
    for candidate in candidates:
        pieces += [text[end - offset : candidate.start - offset], candidate.after]
        end = candidate.end
    return b"".join(pieces) + text[end - offset :]


def merge(groups, run):
    """Joins groups of candidates until no two token runs overlap: [(candidates, first, end, after)]."""
    runs = [(group, *run(group)) for group in groups]
    position = 1
    while position < len(runs):
        if runs[position][1] < runs[position - 1][2]:
            joined = runs[position - 1][0] + runs[position][0]
            runs[position - 1 : position + 1] = [(joined, *run(joined))]
            position = max(position - 1, 1)
        else:
            position += 1
    return runs


class Reference:
    """The edits of items and the samples of a window, for one data set and one rule pack."""

    def __init__(self, encoder, order, decide, selection, policy="aligned", literal=False, found=None):
        """`found` holds edits that were found before; they depend on neither selection nor length policy."""
        self.encoder, self.order, self.decide, self.selection = encoder, order, decide, selection
        self.policy, self.literal = policy, literal
        self.items = {} if found is None else found
        self.reaches = {}

    def edits(self, item):
        """All edits of an item that could be applied or are dropped; length policy and selection are not asked yet."""
        if item not in self.items:
            self.items[item] = self._edits(item)
        return self.items[item]

    def _edits(self, item):
        ids = self.order.base.tokens(item).tolist()
        edits = []
        for first, end in segments(ids):
            segment = Segment(self.encoder, item, first, ids[first:end], self.literal)
            found = segment.edits(self.decide(segment.text))
            self.check_whole(segment, [edit for edit in found if edit.reason is None])
            edits += found
        return edits

    def check_whole(self, segment, edits):
        """The whole edited text, encoded in one go, is the segment's tokens with the runs replaced."""
        if not segment.canonical:
            return
        whole = self.encoder.encode(replaced(segment.text, [part for edit in edits for part in edit.candidates]))
        expected, end = [], segment.first
        for edit in edits:
            expected += segment.ids[end - segment.first : edit.first - segment.first] + edit.after
            end = edit.end
        expected += segment.ids[end - segment.first :]
        assert whole == expected, f"item {segment.item}: encoding the edited text differs from replacing token runs"

    def applied(self, q, item, first, end):
        """The edits of an item that sample q gets and that reach into its tokens [first, end)."""
        if item not in self.reaches:
            found = [edit for edit in self.edits(item) if edit.reason is None]
            self.reaches[item] = found, [edit.first for edit in found], [edit.end for edit in found]
        found, firsts, ends = self.reaches[item]
        for edit in found[bisect.bisect_right(ends, first) : bisect.bisect_left(firsts, end)]:
            if self.policy != "aligned" or edit.keeps_length:
                if self.selection.keeps(q, item, edit.token, edit.byte):
                    yield edit

    def span(self, q, item, first, count):
        """The edited tokens that stand for `count` base tokens of an item, and the edits that reach into them."""
        tokens, end, edits = [], first, list(self.applied(q, item, first, first + count))
        base = self.order.base.tokens(item)
        for edit in edits:
            tokens += base[end : max(edit.first, end)].tolist()
            end = min(edit.end, first + count)
            low = max(first - edit.first, 0)
            tokens += edit.after[low:] if end == edit.end else edit.after[low : end - edit.first]
        return tokens + base[end : first + count].tolist(), edits

    def sample(self, q):
        """Sample q as it must be, and where it was edited: [(position in the control, edit)]."""
        tokens, places, position, wanted = [], [], 0, self.order.length + 1
        for item, first, count in self.order.spans(q):
            edited, edits = self.span(q, item, first, count)
            tokens += edited
            places += [(position + edit.first - first, edit) for edit in edits]
            position += count
        if self.policy == "pad":
            tokens += [PADDING] * (wanted - len(tokens))
        if self.policy == "slide" and len(tokens) < wanted:
            for item, first, count in self.order.following(q):
                tokens += self.span(q, item, first, count)[0]
                if len(tokens) >= wanted:
                    break
        return tokens[:wanted], places
