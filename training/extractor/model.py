"""The extractor's network: a BERT encoder, tags over word pieces, and a scorer of (cue, piece) pairs."""

import json
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from corpus import PAIR, TAGS

PAIR_WIDTH = 256
#: Upper ends of the distance buckets (pieces away from the cue); beyond the last, one bucket more.
DISTANCES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)
BUCKETS = 2 * (len(DISTANCES) + 1) + 1


def buckets(pieces, start, end):
    """The buckets of pieces' distances from the cue [start, end): 0 inside, odd before, even behind."""
    away = np.where(pieces < start, start - pieces, pieces - end + 1)
    step = np.searchsorted(DISTANCES, away, side="left")
    return np.where((pieces >= start) & (pieces < end), 0, 1 + 2 * step + (pieces >= end))


class Layer(nn.Module):
    def __init__(self, width, inner, heads, dropout):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        # Plain products and softmax: on a CPU the fused kernel's backward pass costs more, dropout on the
        # scores far more.
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(q.shape[-1]) + mask
        context = torch.matmul(scores.softmax(-1), v).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.out(context)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Extractor(nn.Module):
    def __init__(self, config, dropout=0.1):
        super().__init__()
        width = config["hidden_size"]
        self.config = config
        self.words = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, config["intermediate_size"], config["num_attention_heads"], dropout)
            for _ in range(config["num_hidden_layers"]))
        self.tags = nn.Linear(width, len(TAGS))
        # Of a piece: additive, bilinear, as a cue's first and last piece.
        self.pair_in = nn.Linear(width, 4 * PAIR_WIDTH)
        self.distance = nn.Embedding(BUCKETS, PAIR_WIDTH)
        self.pair_out = nn.Linear(PAIR_WIDTH, len(PAIR))
        self.pair_bilinear = nn.Linear(PAIR_WIDTH, len(PAIR) * PAIR_WIDTH, bias=False)
        nn.init.normal_(self.distance.weight, std=0.02)

    @classmethod
    def pretrained(cls, folder, **options):
        """From a folder that holds a BERT's config.json and model.safetensors."""
        from safetensors.torch import load_file

        config = json.loads((folder / "config.json").read_text())
        model = cls(config, **options)
        weights = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
        own = {"words.weight": weights["embeddings.word_embeddings.weight"],
               # There is one segment: its embedding is part of every position's.
               "positions.weight": weights["embeddings.position_embeddings.weight"]
               + weights["embeddings.token_type_embeddings.weight"][0]}
        for part in ("weight", "bias"):
            own[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
            for i in range(config["num_hidden_layers"]):
                theirs = f"encoder.layer.{i}."
                own[f"layers.{i}.qkv.{part}"] = torch.cat(
                    [weights[f"{theirs}attention.self.{n}.{part}"] for n in ("query", "key", "value")])
                for ours, name in (("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                                   ("up", "intermediate.dense"), ("down", "output.dense"),
                                   ("norm2", "output.LayerNorm")):
                    own[f"layers.{i}.{ours}.{part}"] = weights[f"{theirs}{name}.{part}"]
        missing, unexpected = model.load_state_dict(own, strict=False)
        assert not unexpected and all(m.startswith(("tags", "pair", "distance")) for m in missing), (missing, unexpected)
        return model

    def heads(self):
        return [p for n, p in self.named_parameters() if n.startswith(("tags", "pair", "distance"))]

    def encode(self, ids, mask):
        """States of the pieces: [batch, length, width]; `mask` is true on real pieces."""
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1]))
        x = self.dropout(self.norm(x))
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def pair_parts(self, states):
        """Four views of each piece: additive, bilinear, first of a cue, last of a cue."""
        return self.pair_in(states).chunk(4, -1)

    def score_pairs(self, additive, bilinear, cue, of_pair, distances):
        """Class scores of pairs: the piece's two views and the bucket of its distance [pairs, …], the cues' views
        (first + last) [cues, width], and which cue each pair is of.  A cue's part of the bilinear product, the
        dear part, is made once a cue."""
        hidden = F.relu(additive + cue[of_pair] + self.distance(distances))
        query = self.pair_bilinear(cue).unflatten(-1, (len(PAIR), PAIR_WIDTH))
        product = (query[of_pair] * bilinear.unsqueeze(1)).sum(-1)
        return self.pair_out(hidden).float() + product.float() / math.sqrt(PAIR_WIDTH)
