"""An experiment's own checks find what they are there for."""

import json

import pytest
from evidence import Failure, check_samples, check_start, samples_read
from test_training import run, trained  # noqa: F401


def log(folder, start, samples, saved=()):
    folder.mkdir()
    lines = [{"event": "start", "checkpoint_weights_sha256": start}, {"step": 2, "loss": 1.0, "samples_sha256": samples}]
    lines += [{"event": "saved", "step": step, "weights_sha256": weights} for step, weights in saved]
    (folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def test_an_arm_goes_on_from_the_weights_that_its_parent_saved(tmp_path):
    parent = log(tmp_path / "base", None, "a", [(1, "w1"), (2, "w2")])
    check_start(log(tmp_path / "good", "w2", "b"), parent, 2)
    with pytest.raises(Failure, match="went on from weights w1"):
        check_start(log(tmp_path / "other", "w1", "b"), parent, 2)
    with pytest.raises(Failure, match="none at step 3"):
        check_start(log(tmp_path / "early", "w2", "b"), parent, 3)


def test_a_control_reads_the_order_and_an_intervention_does_not(tmp_path):
    own, other = log(tmp_path / "own", "w", "order"), log(tmp_path / "other", "w", "edited")
    check_samples(own, "order", is_control=True)
    check_samples(other, "order", is_control=False)
    with pytest.raises(Failure, match="hash to edited"):
        check_samples(other, "order", is_control=True)
    with pytest.raises(Failure, match="same samples as a control"):
        check_samples(own, "order", is_control=False)


def test_what_trained_arms_log_is_what_their_files_say(tmp_path, manifest, base, trained):  # noqa: F811
    order = samples_read(manifest, "base", [base["prefix"]])
    assert samples_read(manifest, "control", [base["prefix"]]) == order
    for arm in ("control", "intervention"):
        assert run(manifest, "--arm", arm, "--from", trained, "--output", tmp_path / arm) == 0
        check_start(tmp_path / arm, trained.parent, int(trained.name[4:]))
        check_samples(tmp_path / arm, order, is_control=arm == "control")
