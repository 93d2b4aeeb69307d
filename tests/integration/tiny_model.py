"""Writes a language model of about a megabyte with random weights: ``python tiny_model.py OUT.gguf``.

Its answers are noise, but an inference engine loads it and computes as with any other.
Needs the package ``gguf``, which brings numpy.
"""

from __future__ import annotations

import sys

import numpy as np  # type: ignore[import-not-found]
from gguf import GGUFWriter, TokenType  # type: ignore[import-not-found]

_EMBEDDING, _FEED_FORWARD, _BLOCKS, _HEADS, _CONTEXT = 96, 256, 2, 4, 8192
_END, _BEGIN = "<|end|>", "<|begin|>"
_MERGES = ("t h", "i n", "e r", "a n", "r e", "o n", "th e", "in g", "Ġ t", "Ġ a")


def write(place: str) -> None:
    tokens = [*_bytes_as_letters(), *(merge.replace(" ", "") for merge in _MERGES), _END, _BEGIN]
    kinds = [TokenType.NORMAL] * (len(tokens) - 2) + [TokenType.CONTROL] * 2
    writer = GGUFWriter(place, "llama")
    writer.add_name("tiny")
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_EMBEDDING)
    writer.add_block_count(_BLOCKS)
    writer.add_feed_forward_length(_FEED_FORWARD)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_EMBEDDING // _HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(list(_MERGES))
    writer.add_eos_token_id(len(tokens) - 2)
    writer.add_bos_token_id(len(tokens) - 1)
    _add_weights(writer, len(tokens))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_weights(writer: GGUFWriter, vocabulary: int) -> None:
    random = np.random.default_rng(1)

    def add(name: str, *shape: int) -> None:
        writer.add_tensor(name, random.normal(0, 0.08, shape).astype(np.float32))

    def add_norm(name: str) -> None:
        writer.add_tensor(name, np.ones(_EMBEDDING, np.float32))

    add("token_embd.weight", vocabulary, _EMBEDDING)
    add("output.weight", vocabulary, _EMBEDDING)
    add_norm("output_norm.weight")
    for number in range(_BLOCKS):
        block = f"blk.{number}"
        add_norm(f"{block}.attn_norm.weight")
        add_norm(f"{block}.ffn_norm.weight")
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            add(f"{block}.{part}.weight", _EMBEDDING, _EMBEDDING)
        add(f"{block}.ffn_gate.weight", _FEED_FORWARD, _EMBEDDING)
        add(f"{block}.ffn_up.weight", _FEED_FORWARD, _EMBEDDING)
        add(f"{block}.ffn_down.weight", _EMBEDDING, _FEED_FORWARD)


def _bytes_as_letters() -> list[str]:
    """The letter that stands for each byte in vocabularies of this kind: itself where it can be seen."""
    seen = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    return [chr(byte if byte in seen else next(spare)) for byte in range(256)]


if __name__ == "__main__":
    write(sys.argv[1])
