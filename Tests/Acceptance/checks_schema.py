"""Rule packs against rules/schema.json, by a validator that editors use too."""

import copy
import json
import re

import jsonschema
import yaml

from harness import check, expect
from program import ROOT

RULES = ROOT / "rules"


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, by which language servers read: `on`, `no` and `y` are words."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN"),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def load(text):
    return yaml.load(text, CoreLoader)


def validator():
    schema = json.loads((RULES / "schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


@check("every rule pack fulfils the schema, and names it")
def packs_fulfil_the_schema(context):
    schema, packs = validator(), sorted(RULES.rglob("*.yaml"))
    for path in packs:
        text = path.read_text()
        error = jsonschema.exceptions.best_match(schema.iter_errors(load(text)))
        expect(error is None, f"{path.name}: {error and error.json_path}: {error and error.message}")
        named = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        expect((path.parent / named).resolve() == RULES / "schema.json", f"{path.name} names {named}")
    return f"{len(packs)} packs"


GOOD = """
schema: 1
pack: p
version: 1.0.0
classes: {w: [on, no, null, true, 12], f: {file: classes/f.txt}}
lexicon:
  - {id: a, from: [he, they are], to: she, clitics: "'s", features: {neutral-reading: true}}
  - {id: b, from: her, choose: sense, words: {object: him}}
  - id: c
    from: his
    choose:
      - {id: d, when: {next: {any: [stop, {in: [w]}], not: {is: of}}, match: lower}, to: hers, uncertain: true}
      - {id: e, when: {any: [{prev: {suffix: ing}}, {not: {next3: {all: [word], mark: ","}}}]}, keep: true}
      - {id: f, table: tables/t.tsv, threshold: -0.5, uncertain: 0.25, to: her}
tests: [{in: x, same: true}, {in: y, out: z, by: d, todo: false}]
"""


@check("the schema refuses what the program refuses")
def the_schema_refuses(context):
    schema, good = validator(), load(GOOD)
    expect(schema.is_valid(good), "a good pack is refused")
    changes = [
        lambda pack: pack.pop("version"),
        lambda pack: pack.update(version="1.0"),
        lambda pack: pack.update(version="01.0.0"),
        lambda pack: pack.update(extend=[]),
        lambda pack: pack.update(status="final"),
        lambda pack: pack["lexicon"][0].update(keep=True),
        lambda pack: pack["lexicon"][0].pop("from"),
        lambda pack: pack["lexicon"][2]["choose"][0].update(threshold=1),
        lambda pack: pack["lexicon"][2]["choose"][0]["when"].update(nexx={"is": "a"}),
        lambda pack: pack["lexicon"][2]["choose"][0]["when"]["next"].update(any=["punct"]),
        lambda pack: pack["lexicon"][2]["choose"][0]["when"].update(match=[]),
        lambda pack: pack["lexicon"][2]["choose"][0]["when"]["next"].update(any=[]),
        lambda pack: pack["lexicon"][2]["choose"][0]["when"]["next"]["not"].update({"is": []}),
        lambda pack: pack["tests"][0].update(out="y"),
        lambda pack: pack["tests"][0].update(same=False),
    ]
    for number, change in enumerate(changes):
        bad = copy.deepcopy(good)
        change(bad)
        expect(not schema.is_valid(bad), f"change {number} is accepted")
    return f"{len(changes)} changes"


SMALL = """
schema: 1
pack: p
version: 1.0.0
classes: {w: [a, b]}
choices: {c: [{id: d, to: sense}]}
lexicon:
  - {id: a, from: him, to: her}
  - {id: b, from: his, choose: c, words: {sense: her}}
  - {id: e, from: he, choose: [{id: f, when: {next: {in: [w]}}, to: she}]}
exceptions: [{text: he-man, reason: r}]
tests: [{in: him, out: her}]
"""


@check("the schema and the program refuse the same")
def both_refuse_the_same(context):
    schema, good = validator(), load(SMALL)

    def when(condition):
        return lambda pack: pack["lexicon"][2]["choose"][0].update(when=condition)

    def item(**test):
        return when({"next": test})

    changes = [
        lambda pack: None,
        lambda pack: (pack["lexicon"][0].update(id=7), pack["tests"][0].update(by=7)),
        lambda pack: pack["tests"][0].update(by="a"),
        lambda pack: pack.update(description=7, language="no", citations=[]),
        lambda pack: pack["lexicon"][0].update(words={"x": "y"}),
        lambda pack: pack["lexicon"][1].pop("words"),
        lambda pack: pack["lexicon"][2].update(words={"x": "y"}),
        lambda pack: pack["lexicon"][0].update(clitics=[]),
        lambda pack: pack["lexicon"][0].update(clitics=["'s"]),
        lambda pack: pack["lexicon"][0].update({"from": []}),
        lambda pack: pack["lexicon"][2].update(choose=[]),
        lambda pack: pack["exceptions"][0].update(text=[]),
        lambda pack: pack["exceptions"][0].update(text=["he-man", "he-goat"]),
        lambda pack: pack["classes"].update(w=[]),
        item(**{"in": []}), item(**{"not-in": []}), item(**{"is": []}), item(**{"is": "a"}),
        item(mark=[]), item(mark=""), item(mark=[""]), item(mark="ab"), item(mark="a"), item(mark=". "), item(mark=".-"),
        item(mark="."), item(mark="..."), item(mark=["--", "—", "_", "\"", "\\"]), item(mark="(("), item(mark="€"),
        item(suffix=[]), item(suffix=""), item(suffix="a b"), item(suffix=["'s", "ing"]), item(suffix=7),
        item(any=[]), item(all=[]), item(any=["word"]), item(all=["word", {"is": "a"}]), item(any="word"),
        when({"any": []}), when({"all": []}), when({"match": []}), when({"match": ["lower", "upper"]}), when({}),
        when({"any": [{"next": {"is": "a"}}]}), when({"match": "Lower"}),
    ]
    path = context.work / "both.yaml"
    for number, change in enumerate(changes):
        pack = copy.deepcopy(good)
        change(pack)
        # JSON is YAML; the name and the schema's line are of no matter here.
        path.write_text(json.dumps(pack, ensure_ascii=False))
        said = context.call("rules", "check", path, code=1).stdout.decode()
        refused = [line for line in said.splitlines() if line.endswith("[language]")]
        expect(schema.is_valid(pack) == (not refused), f"change {number}: the schema says {schema.is_valid(pack)}, {refused}")
    return f"{len(changes)} packs"
