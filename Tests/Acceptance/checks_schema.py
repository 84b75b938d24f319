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
        lambda pack: pack.update(extend=[]),
        lambda pack: pack.update(status="final"),
        lambda pack: pack["lexicon"][0].update(keep=True),
        lambda pack: pack["lexicon"][0].pop("from"),
        lambda pack: pack["lexicon"][2]["choose"][0].update(threshold=1),
        lambda pack: pack["lexicon"][2]["choose"][0]["when"].update(nexx={"is": "a"}),
        lambda pack: pack["lexicon"][2]["choose"][0]["when"]["next"].update(any=["punct"]),
        lambda pack: pack["tests"][0].update(out="y"),
        lambda pack: pack["tests"][0].update(same=False),
    ]
    for number, change in enumerate(changes):
        bad = copy.deepcopy(good)
        change(bad)
        expect(not schema.is_valid(bad), f"change {number} is accepted")
    return f"{len(changes)} changes"
