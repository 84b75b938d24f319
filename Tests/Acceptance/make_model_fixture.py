"""Makes Tests/NeoXModelTests/Fixtures/neox-8 again: a random GPT-NeoX of hidden size 8, and what `transformers` says about it.

    .venv-model/bin/python Tests/Acceptance/make_model_fixture.py
"""

import json
import random
from pathlib import Path

import neox_models

FOLDER = Path(__file__).resolve().parents[1] / "NeoXModelTests/Fixtures/neox-8"


def requests(random):
    """Texts that share beginnings, of many lengths, some with context that is not scored."""
    texts = []
    for _ in range(3):
        start = [0] + [random.randrange(50277) for _ in range(random.randint(2, 6))]
        for _ in range(2):
            text = start + [random.randrange(50277) for _ in range(random.randint(1, 5))]
            texts.append([random.choice([1, len(text) - 1]), *text])
    return texts


def main():
    generator = random.Random(8)
    neox_models.make("fixture", FOLDER, seed=8)
    (FOLDER / "generation_config.json").unlink()
    model = neox_models.load(FOLDER, threads=1)
    asked = requests(generator)
    scored = neox_models.score(model, asked, batch=1)
    prompts = [request[1:] for request in asked[:4]]
    expected = {
        "requests": [{"tokens": request[1:], "scoredFrom": request[0]} for request in asked],
        "logLikelihoods": [[value for value, _ in answer] for answer in scored],
        "isGreedy": [[greedy for _, greedy in answer] for answer in scored],
        "prompts": prompts,
        "continuations": neox_models.generate(model, prompts, 4),
    }
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
