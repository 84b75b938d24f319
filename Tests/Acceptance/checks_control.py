"""A control with random edits, and samples that are encoded anew as a whole, against the slow reference."""

import collections

from checks_window import changed_byte, texts_in, window_samples
from harness import check, expect
from program import PACK, PAIRS
from text import END_OF_TEXT, PADDING

STRINGS = (" he ", " him ", " his ", " He ", " Him ", " His ")


def random_edits(context, workers=2, **choices):
    key = "-".join(map(str, ("random-edits", f"{workers}-workers", *choices.values())))
    emit = {"control": "random-edits", "pairs": str(PAIRS)}
    return context.made(key, context.base.prefix, context.plan, context.intervention(**choices), workers, emit)


def stand_ins(order, words, q, edits):
    """Each edit's stand-in in the control: {index of the edit: (position, edit of a word)}.

    `edits` are (position, edit) in order. The next word behind an edit, in the span that it begins in, that is not taken.
    """
    found, start = {}, 0
    for item, first, count in order.spans(q):
        free = [
            (start + word.first - first, word)
            for word in words.edits(item)
            if word.reason is None and word.keeps_length and first <= word.first and word.end <= first + count
        ]
        for index, (position, edit) in enumerate(edits):
            if start <= max(position, 0) < start + count:
                behind = max(position + edit.end - edit.first, 0)
                chosen = next((place for place in free if place[0] >= behind), None)
                if chosen:
                    free.remove(chosen)
                    found[index] = chosen
        start += count
    return found


@check("random edits of the control stand for the window's")
def random_control(context):
    figures = []
    for fraction, by in (("1.0", "sequence"), ("0.5", "occurrence")):
        run = random_edits(context, percent=7, fraction=fraction, by=by)
        plain = context.run(percent=7, fraction=fraction, by=by)
        expect((run.window.data == plain.window.data).all(), "another window than with an unedited control")
        reference, words = context.reference(fraction, by), context.reference(pack=PAIRS)
        for pack in (PACK, PAIRS):
            context.prepare(texts_in(context, reference.order, window_samples(run)), pack)
        logged = {(line["q"], line["position"], line["item"]): line["stand_in"] for line in run.edits()}
        matched = unmatched = 0
        for k, q in enumerate(window_samples(run)):
            edits = reference.sample(q)[1]
            found = stand_ins(reference.order, words, q, edits)
            control = reference.order.sample(q).tolist()
            for index, (position, edit) in enumerate(edits):
                told = logged.pop((q, position, edit.item))
                if index in found:
                    place, word = found[index]
                    before = control[place : place + word.end - word.first]
                    control[place : place + len(before)] = word.after
                    wanted = (place, before, word.after)
                    expect(told and (told["position"], told["before_ids"], told["after_ids"]) == wanted, f"sample {q}: {told}")
                    matched += 1
                else:
                    expect(told is None, f"sample {q}: {told} where no word is left")
                    unmatched += 1
            expect(run.control.tokens(k).tolist() == control, f"sample {q}: another control")
        expect(not logged, f"edits that the reference does not make: {list(logged)[:5]}")
        counts = run.manifest["random_edits"]
        expect((counts["edits"], counts["unmatched"]) == (matched, unmatched), f"{counts}")
        figures.append(f"{fraction} {by}: {matched} edits, {unmatched} without a word")
    return "; ".join(figures)


@check("1 and 3 workers make the same random edits, and verify sees a changed one")
def random_workers(context):
    runs = [random_edits(context, workers, percent=7, fraction="1.0", by="sequence") for workers in (1, 3)]
    expect(runs[0].hashes() == runs[1].hashes(), "other bytes")
    run = runs[0]
    arms = {path.name.split("-")[-1] for path in (run.folder / "neox").iterdir()}
    expect(len(list((run.folder / "neox").glob("*-random-edits.yml"))) > 0, f"no config for the arm: {arms}")
    manifest, base = run.folder / "manifest.json", context.base.prefix
    context.call("verify", manifest, "--base", base, "--sequences", "all")
    line = next(line for line in run.edits() if line["stand_in"])
    place = (line["q"] - run.first_sample) * (context.plan.length + 1) + line["stand_in"]["position"]
    with changed_byte(run.folder / "control_document.bin", 2 * place):
        context.call("verify", manifest, "--base", base, "--sequences", "all", code=3)
    return f"{len(runs[0].hashes())} files"


def encoded_anew(context, ids, strings):
    """What the code of 2023 makes of a sample, by its own calls; and the text's new ids, None where it leaves it alone."""
    tokenizer = context.encoder.tokenizer
    text = tokenizer.decode(ids, skip_special_tokens=True)
    if strings and not any(string in text for string in strings):
        return ids, None
    new = tokenizer.encode(text, add_special_tokens=False).ids
    return (new + [PADDING] * (len(ids) - len(new)))[: len(ids)], new


@check("samples encoded anew are what tokenizers decodes and encodes")
def literal_2023(context):
    figures = []
    for strings in ((), STRINGS):
        settings = {"tokenizer": str(context.tokenizer), "scope": "sample", "special": "drop", "length": "pad"}
        settings |= {"containing": list(strings)} if strings else {}
        stages = [{"window": {"last": "7%"}}, {"retokenize": settings}]
        run = context.made(f"literal-{len(strings)}", context.base.prefix, context.plan, stages)
        counts = collections.Counter()
        for k, q in enumerate(window_samples(run)):
            ids = run.control.tokens(k).tolist()
            expect(ids == context.order.sample(q).tolist(), f"sample {q} of the control")
            wanted, new = encoded_anew(context, ids, strings)
            expect(run.window.tokens(k).tolist() == wanted, f"sample {q} is another")
            if new is not None:
                counts["samples"] += 1
                counts["document_ends_dropped"] += ids.count(END_OF_TEXT)
                counts["special_dropped"] += ids.count(END_OF_TEXT) + ids.count(PADDING)
                counts["padding_added"] += max(len(ids) - len(new), 0)
                counts["tokens_cut"] += max(len(new) - len(ids), 0)
        told = run.manifest["retokenized"]
        expect(all(told[key] == counts[key] for key in told), f"{told}, not {dict(counts)}")
        context.call("verify", run.folder / "manifest.json", "--base", context.base.prefix, "--sequences", "all")
        figures.append(f"{counts['samples']} samples, {counts['document_ends_dropped']} document ends lost")
    return "; ".join(figures)
