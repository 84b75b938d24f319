"""Checks manifests against docs/manifest.schema.json: `python manifest_schema.py MANIFEST…` (needs `jsonschema`).

Prints each fault with the key it is at; exits 1 if there is one.
"""

import json
import pathlib
import sys

import jsonschema

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "docs" / "manifest.schema.json"


def object_without_duplicates(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key stands twice in {{{', '.join(keys)}}}")
    return dict(pairs)


def faults(path, validator):
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=object_without_duplicates)
    except (OSError, ValueError) as error:
        return [str(error)]
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(manifest)]


def main(paths):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    found = [f"{path}: {fault}" for path in map(pathlib.Path, paths) for fault in faults(path, validator)]
    print("\n".join(found) or f"{len(paths)} manifests, no faults")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: manifest_schema.py MANIFEST…")
    sys.exit(main(sys.argv[1:]))
