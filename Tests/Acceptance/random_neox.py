"""A GPT-NeoX checkpoint with random weights, written without PyTorch: config.json and model.safetensors."""

import json
import struct

import numpy

NAMES = {"float16": "F16", "float32": "F32"}


def write(folder, seed=0, layers=2, hidden=16, heads=2, vocabulary=50304, positions=2048, scale=0.5):
    random = numpy.random.default_rng(seed)

    def normal(*shape, mean=0.0, deviation=scale):
        return (mean + deviation * random.standard_normal(shape)).astype(numpy.float16)

    tensors = {"gpt_neox.embed_in.weight": normal(vocabulary, hidden)}
    for layer in range(layers):
        prefix = f"gpt_neox.layers.{layer}."
        for name in ("input_layernorm", "post_attention_layernorm"):
            tensors[f"{prefix}{name}.weight"] = normal(hidden, mean=1, deviation=0.1)
            tensors[f"{prefix}{name}.bias"] = normal(hidden, deviation=0.1)
        for name, rows, columns in (
            ("attention.query_key_value", 3 * hidden, hidden),
            ("attention.dense", hidden, hidden),
            ("mlp.dense_h_to_4h", 4 * hidden, hidden),
            ("mlp.dense_4h_to_h", hidden, 4 * hidden),
        ):
            tensors[f"{prefix}{name}.weight"] = normal(rows, columns)
            tensors[f"{prefix}{name}.bias"] = normal(rows, deviation=0.1)
    tensors["gpt_neox.final_layer_norm.weight"] = normal(hidden, mean=1, deviation=0.1)
    tensors["gpt_neox.final_layer_norm.bias"] = normal(hidden, deviation=0.1)
    tensors["embed_out.weight"] = normal(vocabulary, hidden)
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / "model.safetensors", tensors)
    (folder / "config.json").write_text(json.dumps(configuration(layers, hidden, heads, vocabulary, positions)))
    return folder


def configuration(layers, hidden, heads, vocabulary, positions):
    return {
        "architectures": ["GPTNeoXForCausalLM"], "model_type": "gpt_neox", "num_hidden_layers": layers,
        "hidden_size": hidden, "num_attention_heads": heads, "intermediate_size": 4 * hidden,
        "vocab_size": vocabulary, "max_position_embeddings": positions, "rotary_pct": 0.25, "rotary_emb_base": 10000,
        "layer_norm_eps": 1e-5, "use_parallel_residual": True, "hidden_act": "gelu", "tie_word_embeddings": False,
        "attention_bias": True, "bos_token_id": 0, "eos_token_id": 0, "torch_dtype": "float16",
    }


def save(path, tensors):
    header, offset = {}, 0
    for name, tensor in tensors.items():
        end = offset + tensor.nbytes
        header[name] = {"dtype": NAMES[str(tensor.dtype)], "shape": list(tensor.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.tobytes())
