"""The model is `transformers`' own, and a run that stopped and went on is the run that did not."""

import json
import math

import pytest
import torch
import train
from model import SIZES, learning_rate, load_model, loss_of, new_model, optimizer
from safetensors.torch import load_file


def run(*words):
    return train.main([str(word) for word in words])


def lines(folder):
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def same_weights(one, other):
    one, other = load_file(one / "model.safetensors"), load_file(other / "model.safetensors")
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


@pytest.fixture
def trained(tmp_path, manifest, base):
    """A base model up to the window, at step 10."""
    assert run(manifest, "--base", base["prefix"], "--size", "tiny", "--to", 10, "--output", tmp_path / "base") == 0
    return tmp_path / "base" / "step10"


def test_the_loss_is_that_of_transformers():
    model = new_model("tiny", 500, 32, seed=3)
    batch = torch.randint(0, 500, (5, 33), generator=torch.Generator().manual_seed(1))
    theirs = model(input_ids=batch, labels=batch).loss
    assert loss_of(model, batch).item() == pytest.approx(theirs.item(), rel=1e-6)


def test_the_loss_counts_padding_as_gpt_neox_does():
    model = new_model("tiny", 500, 32, seed=3)
    padded = torch.cat([torch.full((1, 20), 7), torch.ones(1, 13, dtype=torch.long)], dim=1)
    each = [loss_of(model, padded[:, : end + 1]) * end for end in (31, 32)]
    assert loss_of(model, padded).item() == pytest.approx(each[1].item() / 32) and each[1] != each[0]


def test_a_step_is_that_of_plain_pytorch(tmp_path, manifest, base):
    """Two steps written out again: loss of transformers, clipping, AdamW on all weights but norms and biases."""
    run(manifest, "--base", base["prefix"], "--size", "tiny", "--to", 2, "--save-every", 1, "--output", tmp_path / "x")
    model = new_model("tiny", 120, 16, seed=0)
    samples = train.Samples(train.Manifest(manifest), "base", [base["prefix"]])
    decaying = [p for name, p in model.named_parameters() if not name.endswith("bias") and "norm" not in name]
    others = [p for name, p in model.named_parameters() if name.endswith("bias") or "norm" in name]
    groups = [{"params": decaying, "weight_decay": 0.1}, {"params": others, "weight_decay": 0}]
    adam = torch.optim.AdamW(groups, betas=(0.9, 0.95), eps=1e-8)
    for step in range(2):
        batch = torch.from_numpy(samples.step(step))
        model(input_ids=batch, labels=batch).loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for group in adam.param_groups:
            group["lr"] = learning_rate(step, 14, SIZES["tiny"].rate, "v1.0")
        adam.step()
        adam.zero_grad()
    found = load_model(tmp_path / "x" / "step2").state_dict()
    for name, parameter in model.state_dict().items():
        # A bias of the keys moves nothing, so its gradient is rounding, which Adam makes as large as any.
        if not name.endswith("query_key_value.bias"):
            assert torch.allclose(found[name], parameter, atol=1e-5), name


def test_an_interrupted_run_ends_with_the_same_bits(tmp_path, manifest, base):
    common = (manifest, "--base", base["prefix"], "--size", "tiny", "--arm", "intervention", "--output")
    assert run(*common, tmp_path / "whole") == 0
    for stop in (3, 8, 11, 14):
        assert run(*common, tmp_path / "parts", "--to", stop) == 0
    whole, parts = lines(tmp_path / "whole"), lines(tmp_path / "parts")
    assert same_weights(tmp_path / "whole" / "step14", tmp_path / "parts" / "step14")
    moments = [load_file(tmp_path / name / "step14" / "optimizer.safetensors") for name in ("whole", "parts")]
    assert all(torch.equal(moments[0][name], moments[1][name]) for name in moments[0])
    steps = [[(line["step"], line["loss"], line["samples_sha256"]) for line in log if "loss" in line] for log in (whole, parts)]
    assert steps[0] == steps[1] and [step for step, _, _ in steps[0]] == list(range(1, 15))


def test_a_half_written_checkpoint_is_not_taken_up(tmp_path, manifest, trained):
    output = tmp_path / "arm"
    (output / "step12.partial").mkdir(parents=True)
    assert run(manifest, "--arm", "control", "--from", trained, "--output", output) == 0
    assert (output / "step14").is_dir()


def test_micro_batches_change_the_loss_by_rounding_only(tmp_path, manifest, trained):
    for rows in (4, 1):
        assert run(manifest, "--arm", "control", "--from", trained, "--output", tmp_path / f"{rows}", "--micro-batch", rows) == 0
    losses = [[line["loss"] for line in lines(tmp_path / f"{rows}") if "loss" in line] for rows in (4, 1)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


def test_both_arms_log_the_checkpoint_that_they_start_from(tmp_path, manifest, base, trained):
    starts = []
    for arm in ("control", "intervention"):
        assert run(manifest, "--arm", arm, "--from", trained, "--output", tmp_path / arm) == 0
        starts.append(lines(tmp_path / arm)[0])
    saved = [line for line in lines(trained.parent) if line.get("event") == "saved"][-1]
    for start in starts:
        assert start["checkpoint_weights_sha256"] == saved["weights_sha256"]
        assert start["manifest_sha256"] == train.Manifest(manifest).sha256
    assert run(manifest, "--base", base["prefix"], "--from", trained, "--output", tmp_path / "on") == 0
    last = {name: lines(tmp_path / name)[-2]["samples_sha256"] for name in ("control", "intervention", "on")}
    assert last["control"] == last["on"] != last["intervention"]
    assert same_weights(tmp_path / "control" / "step14", tmp_path / "on" / "step14")
    assert not same_weights(tmp_path / "control" / "step14", tmp_path / "intervention" / "step14")


def test_checkpoints_are_read_by_transformers_and_are_where_the_manifest_has_them(tmp_path, manifest, base):
    import transformers

    run(manifest, "--base", base["prefix"], "--size", "tiny", "--output", tmp_path / "x")
    assert sorted(int(path.name[4:]) for path in (tmp_path / "x").glob("step*")) == [0, 4, 8, 10, 12, 14]
    model = transformers.AutoModelForCausalLM.from_pretrained(tmp_path / "x" / "step14")
    assert model.config.vocab_size == 128 and not model.config.tie_word_embeddings
    record = json.loads((tmp_path / "x" / "step14" / "trainer.json").read_text())
    assert record["tokenizer_sha256"] == "7" * 64 and record["step"] == 14


@pytest.mark.parametrize("name,count", {"14m": 14067712, "70m": 70426624, "160m": 162322944, "410m": 405334016}.items())
def test_sizes_have_the_published_number_of_parameters(name, count):
    with torch.device("meta"):
        from transformers import GPTNeoXForCausalLM

        from model import configuration

        model = GPTNeoXForCausalLM(configuration(name, 50277, 2048))
    assert model.num_parameters() == count


def test_weights_are_drawn_as_gpt_neox_draws_them():
    model = new_model("small", 5000, 32, seed=1)
    small, wang = math.sqrt(2 / (5 * 128)), 2 / 4 / math.sqrt(128)
    layer = model.gpt_neox.layers[2]
    for weight, deviation in (
        (model.gpt_neox.embed_in.weight, small), (model.get_output_embeddings().weight, small),
        (layer.attention.query_key_value.weight, small), (layer.attention.dense.weight, wang),
        (layer.mlp.dense_4h_to_h.weight, wang),
    ):  # fmt: skip
        assert weight.std().item() == pytest.approx(deviation, rel=0.02)
    assert not layer.attention.dense.bias.any() and (layer.input_layernorm.weight == 1).all()


def test_the_optimizer_leaves_norms_and_biases_undecayed():
    model = new_model("tiny", 100, 16, seed=0)
    decayed, plain = (group["params"] for group in optimizer(model).param_groups)
    assert {p.dim() for p in decayed} == {2} and {p.dim() for p in plain} == {1}
    assert len(decayed) + len(plain) == len(list(model.parameters()))


@pytest.mark.parametrize("schedule", ["v1.0", "main"])
def test_the_rate_rises_for_a_hundredth_of_the_run_and_ends_at_a_tenth(schedule):
    rates = [learning_rate(step, 143000, 1e-3, schedule) for step in range(0, 143000, 10)]
    assert max(rates) == rates[143] == 1e-3
    assert rates[100] == pytest.approx(1e-3 * 1000 / 1430)
    assert rates[-1] == pytest.approx(1e-4, rel=1e-3)
    assert all(one >= other for one, other in zip(rates[143:], rates[144:]))


def test_the_two_schedules_differ_where_the_windows_start():
    """What TRAINING.md says of the two versions."""
    share = {(step, kind): learning_rate(step, 143000, 1.0, kind) for step in (113000, 133000) for kind in ("v1.0", "main")}
    # From GPT-NeoX's own AnnealingLR.
    wanted = {(113000, "v1.0"): 0.1145334, (113000, "main"): 0.1960910, (133000, "v1.0"): 0.1, (133000, "main"): 0.1110346}
    assert share == pytest.approx(wanted, abs=1e-7)
