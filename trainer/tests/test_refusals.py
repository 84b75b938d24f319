"""What would not be the run that the manifest describes is refused, with a reason."""

import json

import pytest
import train
import windows
from manifest import Manifest
from test_training import run, trained  # noqa: F401


def refused(capsys, reason, *words):
    capsys.readouterr()
    assert run(*words) == 1
    told = capsys.readouterr().err
    assert told.startswith("trainer: ") and told.count("\n") == 1
    assert reason in told, told


def rewrite(path, change):
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def test_a_window_that_does_not_start_where_the_checkpoint_ends(tmp_path, capsys, manifest, base):
    options = (manifest, "--base", base["prefix"], "--size", "tiny", "--save-every", 1, "--to", 12, "--output", tmp_path / "base")
    assert run(*options) == 0
    for step, reason in ((9, "ends at step 9, and the window starts at 10"), (11, "ends at step 11, and the window starts at 10")):
        for arm in ("control", "intervention"):
            words = (manifest, "--arm", arm, "--from", tmp_path / "base" / f"step{step}", "--output", tmp_path / "new")
            refused(capsys, reason, *words)
    refused(capsys, "ends at step 0", manifest, "--arm", "control", "--size", "tiny", "--output", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_checkpoint_that_has_read_another_window(tmp_path, capsys, manifest, base, trained):  # noqa: F811
    late = windows.write_window(tmp_path / "late", base, first=12, steps=14, batch=4, length=16, name="late")
    arms = {arm: (manifest, "--arm", arm, "--from", trained, "--output", tmp_path / arm) for arm in ("control", "intervention")}
    for words in arms.values():
        assert run(*words, "--to", 12) == 0
    refused(
        capsys, "was trained on the arm 'intervention' of 'window' already",
        late, "--arm", "intervention", "--from", tmp_path / "intervention" / "step12", "--output", tmp_path / "x",
    )  # fmt: skip
    assert run(late, "--arm", "intervention", "--from", tmp_path / "control" / "step12", "--output", tmp_path / "x") == 0


def test_an_intervention_that_stopped_before_its_window_can_be_branched(tmp_path, manifest, base):
    words = (manifest, "--base", base["prefix"], "--arm", "intervention", "--size", "tiny", "--output", tmp_path / "x")
    assert run(*words, "--to", 10) == 0
    assert run(*words, "--to", 12) == 0
    assert run(manifest, "--arm", "control", "--from", tmp_path / "x" / "step10", "--output", tmp_path / "y") == 0
    assert json.loads((tmp_path / "x/step12/trainer.json").read_text())["history"][0]["plain"] is False


@pytest.mark.parametrize("name", ["window_document.bin", "window_document.idx"])
def test_files_that_are_not_the_manifests(tmp_path, capsys, manifest, trained, name):  # noqa: F811
    path = manifest.parent / name
    words = (manifest, "--arm", "intervention", "--from", trained, "--output", tmp_path / "x")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    refused(capsys, "its SHA-256 is not the manifest's", *words)
    path.write_bytes(whole[:-2])
    refused(capsys, "another or a cut file", *words)
    path.unlink()
    refused(capsys, "it is not there", *words)
    assert run(*words[:1], "--arm", "control", *words[3:]) == 0


def test_another_base(tmp_path, capsys, manifest, base):
    other = windows.random_base(tmp_path / "other", seed=9)
    words = (manifest, "--size", "tiny", "--output", tmp_path / "x", "--base")
    refused(capsys, "is not that of the base", *words, other["prefix"])
    refused(capsys, "not there", *words, tmp_path / "nothing")
    data = base["prefix"].with_name("base_document.bin")
    data.write_bytes(data.read_bytes() + b"\0\0")
    refused(capsys, "the window's base had", *words, base["prefix"])


def test_another_run(tmp_path, capsys, base, trained):  # noqa: F811
    for number, change in enumerate(({"seed": 1}, {"batch": 2}, {"length": 8}, {"steps": 15})):
        settings = {"first": 10, "steps": 14, "batch": 4, "length": 16} | change
        path = windows.write_window(tmp_path / str(number), base, **settings)
        refused(capsys, "not one run", path, "--arm", "control", "--from", trained, "--output", tmp_path / "x")


def test_a_run_that_would_go_on_as_another(tmp_path, capsys, manifest, base, trained):  # noqa: F811
    assert run(manifest, "--arm", "control", "--from", trained, "--to", 12, "--output", tmp_path / "x") == 0
    words = ("--from", trained, "--output", tmp_path / "x")
    refused(capsys, "it holds the arm 'control'", manifest, "--arm", "intervention", *words)
    refused(capsys, "its seed is 0, not 7", manifest, "--arm", "control", "--seed", 7, *words)
    refused(capsys, "its size is tiny, not small", manifest, "--arm", "control", "--size", "small", *words)
    assert run(manifest, "--base", base["prefix"], "--size", "tiny", "--seed", 1, "--to", 10, "--output", tmp_path / "b1") == 0
    refused(
        capsys, "it was not begun from", manifest, "--arm", "control", "--from", tmp_path / "b1/step10", "--output", tmp_path / "x"
    )


def test_checkpoints_that_cannot_be_continued(tmp_path, capsys, manifest, trained):  # noqa: F811
    words = (manifest, "--arm", "control", "--from", trained, "--output", tmp_path / "x")
    (trained / "optimizer.safetensors").write_bytes(b"nothing")
    refused(capsys, "not the optimizer's state", *words)
    (trained / "trainer.json").unlink()
    refused(capsys, "no checkpoint of this trainer", *words)
    refused(capsys, "no checkpoint to start from", manifest, "--arm", "control", "--output", tmp_path / "x")


@pytest.mark.parametrize(
    "change,reason",
    [
        (lambda m: m.update(manifest=2), "not a manifest of format 1"),
        (lambda m: m["window"].update(first_sample=3), "not those of its steps"),
        (lambda m: m["window"].update(end_step=99), "outside the run"),
        (lambda m: m.pop("trainer"), "'trainer'"),
        (lambda m: m.update(trainer={"data_prefix": "../window_document", "control_prefix": "x"}), "not among its outputs"),
    ],
)
def test_manifests_that_do_not_hold_together(tmp_path, capsys, manifest, trained, change, reason):  # noqa: F811
    rewrite(manifest, change)
    refused(capsys, reason, manifest, "--arm", "intervention", "--from", trained, "--output", tmp_path / "x")


def test_arms_and_steps_that_are_not_there(tmp_path, capsys, manifest, trained):  # noqa: F811
    refused(capsys, "it has no arm 'm2f', but", manifest, "--arm", "m2f", "--from", trained, "--output", tmp_path / "x")
    words = (manifest, "--arm", "control", "--from", trained, "--output", tmp_path / "x")
    refused(capsys, "there are samples from step 10 to 14", *words, "--to", 15)
    refused(capsys, "there are samples from step 10 to 14", *words, "--to", 9)


def test_no_samples(tmp_path, capsys, manifest):
    refused(capsys, "--base", manifest, "--size", "tiny", "--output", tmp_path / "x")


def test_a_shard_that_ends_within_a_token(tmp_path, capsys, manifest, base):
    data = base["prefix"].with_name("base_document.bin")
    whole = data.read_bytes()
    data.unlink()
    for number, part in enumerate((whole[:101], whole[101:])):
        data.with_name(f"base_document-{number:05}-of-00001.bin").write_bytes(part)
    refused(capsys, "within a token", manifest, "--base", base["prefix"], "--size", "tiny", "--output", tmp_path / "x")


def test_nothing_but_a_manifest_is_read(tmp_path, capsys):
    path = tmp_path / "manifest.json"
    for text in ("", "[]", "{", '{"manifest": 1}'):
        path.write_text(text)
        refused(capsys, "manifest.json: ", path, "--output", tmp_path / "x")
    with pytest.raises(train.Refusal):
        Manifest(tmp_path / "missing.json")
