"""GPT-NeoX models with random weights, and what `transformers` says about them.

    neox_models.py make SHAPE FOLDER [--seed N] [--dtype float16|bfloat16|float32] [--sharded]
    neox_models.py score FOLDER REQUESTS [--threads N] [--batch N]       as Benchmarks' neox-scores prints it
    neox_models.py generate FOLDER REQUESTS --tokens N [--threads N]

A request is a line of integers: the index of the first scored token, then the tokens.
"""

import argparse
import sys
import time

import torch
import transformers

# layers, hidden, heads; then what differs from Pythia's configuration
SHAPES = {
    "fixture": (2, 8, 2, {"initializer_range": 0.6, "max_position_embeddings": 64, "rotary_pct": 0.5}),
    "tiny": (3, 32, 4, {"initializer_range": 0.2, "vocab_size": 311, "max_position_embeddings": 128}),
    "sequential": (3, 48, 3, {"initializer_range": 0.2, "vocab_size": 1003, "use_parallel_residual": False}),
    "odd": (2, 60, 5, {"initializer_range": 0.15, "vocab_size": 515, "rotary_pct": 0.5, "intermediate_size": 100}),
    "narrow": (4, 128, 2, {"initializer_range": 0.08}),
    "14m": (6, 128, 4, {"initializer_range": 0.08}),
    "70m": (6, 512, 8, {}),
    "160m": (12, 768, 12, {}),
    "410m": (24, 1024, 16, {}),
    "1b": (16, 2048, 8, {}),
    "1.4b": (24, 2048, 16, {}),
}


def configuration(shape):
    layers, hidden, heads, rest = SHAPES[shape]
    rotary = rest.get("rotary_pct", 0.25)
    return transformers.GPTNeoXConfig(
        **{
            "num_hidden_layers": layers,
            "hidden_size": hidden,
            "num_attention_heads": heads,
            "intermediate_size": 4 * hidden,
            "vocab_size": 50304,
            "max_position_embeddings": 2048,
            "rotary_pct": rotary,
            "bos_token_id": 0,
            "eos_token_id": 0,
            **rest,
        }
    )


def make(shape, folder, seed=0, dtype="float16", sharded=False):
    """Saves a model. Biases and norms are random too, so that nothing that is left out goes unseen."""
    torch.manual_seed(seed)
    model = transformers.GPTNeoXForCausalLM(configuration(shape))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 1:
                parameter.copy_(torch.randn_like(parameter) * 0.1 + (1 if name.endswith("norm.weight") else 0))
    model.to(getattr(torch, dtype)).save_pretrained(folder, max_shard_size="200KB" if sharded else "50GB")


def load(folder, threads):
    torch.set_num_threads(threads)
    return transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def read(path):
    with open(path) as file:
        return [[int(word) for word in line.split()] for line in file]


@torch.no_grad()
def score(model, requests, batch):
    """As lm-evaluation-harness does it: longest first, batches padded on the right, a full log-softmax."""
    answers = [None] * len(requests)
    order = sorted(range(len(requests)), key=lambda index: -len(requests[index]))
    for start in range(0, len(order), batch):
        part = order[start : start + batch]
        length = max(len(requests[index]) - 2 for index in part)
        tokens = torch.zeros(len(part), length, dtype=torch.long)
        for row, index in enumerate(part):
            tokens[row, : len(requests[index]) - 2] = torch.tensor(requests[index][1:-1])
        logits = torch.log_softmax(model(tokens).logits, dim=-1)
        for row, index in enumerate(part):
            first, text = requests[index][0], requests[index][1:]
            rows = logits[row, first - 1 : len(text) - 1]
            target = torch.tensor(text[first:])
            values = rows.gather(1, target[:, None])[:, 0]
            answers[index] = list(zip(values.tolist(), (rows.argmax(-1) == target).tolist()))
    return answers


@torch.no_grad()
def generate(model, prompts, tokens):
    """One prompt at a time: no padding that could change a tie."""
    answers = []
    for prompt in prompts:
        given = torch.tensor([prompt])
        made = model.generate(
            given, attention_mask=torch.ones_like(given), do_sample=False, max_new_tokens=tokens, pad_token_id=0
        )[0, len(prompt) :].tolist()
        answers.append(made[: made.index(0)] if 0 in made else made)
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("shape", choices=SHAPES)
    making.add_argument("folder")
    making.add_argument("--seed", type=int, default=0)
    making.add_argument("--dtype", default="float16")
    making.add_argument("--sharded", action="store_true")
    for name in ("score", "generate"):
        command = commands.add_parser(name)
        command.add_argument("folder")
        command.add_argument("requests")
        command.add_argument("--threads", type=int, default=1)
        command.add_argument("--batch", type=int, default=32)
        command.add_argument("--tokens", type=int, default=1)
    options = parser.parse_args()
    if options.command == "make":
        return make(options.shape, options.folder, options.seed, options.dtype, options.sharded)
    requests = read(options.requests)
    model = load(options.folder, options.threads)
    start = time.perf_counter()
    if options.command == "score":
        for answer in score(model, requests, options.batch):
            print(" ".join(f"{value!r}{'*' if greedy else ''}" for value, greedy in answer))
    else:
        for answer in generate(model, [request[1:] for request in requests], options.tokens):
            print(*answer)
    print(f"transformers {transformers.__version__}, torch {torch.__version__}: "
          f"{time.perf_counter() - start:.2f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
