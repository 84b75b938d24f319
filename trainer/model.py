"""GPT-NeoX models by Pythia's names, their optimizer and learning rate, as the published configs have them."""

import math
from typing import NamedTuple

import torch
import transformers
from manifest import Refusal

transformers.utils.logging.disable_progress_bar()


class Size(NamedTuple):
    layers: int
    hidden: int
    heads: int
    rate: float
    # The vocabulary is padded to a multiple of it: 128 · model-parallel size.
    multiple: int = 128


# As in models/*/pythia-SIZE.yml of EleutherAI/pythia; tiny and small are made for CPUs.
SIZES = {
    "tiny": Size(2, 64, 2, 4e-3),
    "small": Size(4, 128, 4, 2e-3),
    "14m": Size(6, 128, 4, 1e-3),
    "31m": Size(6, 256, 8, 1e-3),
    "70m": Size(6, 512, 8, 1e-3),
    "160m": Size(12, 768, 12, 6e-4),
    "410m": Size(24, 1024, 16, 3e-4),
    "1b": Size(16, 2048, 8, 2.5e-4),
    "1.4b": Size(24, 2048, 16, 2e-4),
    "2.8b": Size(32, 2560, 32, 1.6e-4),
    "6.9b": Size(32, 4096, 32, 1.2e-4, multiple=256),
    "12b": Size(36, 5120, 40, 1.2e-4, multiple=512),
}
MINIMUM_SHARE, WARMUP_SHARE = 0.1, 0.01
WEIGHT_DECAY, GRADIENT_NORM = 0.1, 1.0


def configuration(size, vocabulary, length):
    shape = SIZES[size]
    return transformers.GPTNeoXConfig(
        num_hidden_layers=shape.layers,
        hidden_size=shape.hidden,
        num_attention_heads=shape.heads,
        intermediate_size=4 * shape.hidden,
        vocab_size=-(-vocabulary // shape.multiple) * shape.multiple,
        max_position_embeddings=max(2048, length),
        rotary_pct=0.25,
        use_parallel_residual=True,
        tie_word_embeddings=False,
        bos_token_id=0,
        eos_token_id=0,
        use_cache=False,
    )


def new_model(size, vocabulary, length, seed):
    """Random weights as GPT-NeoX draws them: small_init, and wang_init where a layer writes to the residual stream."""
    config = configuration(size, vocabulary, length)
    generator = torch.Generator().manual_seed(seed)
    small = math.sqrt(2 / (5 * config.hidden_size))
    wang = 2 / config.num_hidden_layers / math.sqrt(config.hidden_size)
    model = transformers.GPTNeoXForCausalLM(config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1:
                writes = name.endswith(("attention.dense.weight", "dense_4h_to_h.weight"))
                parameter.normal_(0, wang if writes else small, generator=generator)
            else:
                parameter.fill_(1 if name.endswith("norm.weight") else 0)
    return model


def optimizer(model):
    """AdamW; norms and biases do not decay."""
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": WEIGHT_DECAY},
        {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.95), eps=1e-8)


def learning_rate(step, steps, peak, schedule):
    """The rate of a step (from 0): up over the first hundredth of the run, then a cosine down to a tenth of the peak.

    `v1.0` is the formula of the GPT-NeoX that trained Pythia (a cosine to 0 that is cut off at the minimum), `main` that of
    2026 (a cosine to the minimum): at the start of the last 21 % the second is higher by 70 %.
    Source: megatron/learning_rates.py, AnnealingLR.get_lr.
    """
    warmup, least = WARMUP_SHARE * steps, MINIMUM_SHARE * peak
    if schedule == "v1.0":
        if step <= warmup:
            return peak * step / warmup
        return max(least, peak / 2 * (math.cos(math.pi * (min(step, steps - warmup) - warmup) / steps) + 1))
    if step <= warmup:
        return peak * max(1, step) / warmup
    return max(least, least + (peak - least) / 2 * (math.cos(math.pi * (step - warmup) / (steps - warmup)) + 1))


def loss_of(model, batch):
    """Mean loss over all tokens of the rows but their first: what `transformers` computes, without the position too many."""
    logits = model(input_ids=batch[:, :-1]).logits
    return torch.nn.functional.cross_entropy(logits.float().flatten(0, 1), batch[:, 1:].flatten())


def load_model(folder):
    try:
        return transformers.GPTNeoXForCausalLM.from_pretrained(folder, dtype=torch.float32, use_safetensors=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise Refusal(f"{folder}: no GPT-NeoX model in Hugging Face's format: {error}") from None
