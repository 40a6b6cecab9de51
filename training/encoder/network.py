"""The network: BERT's encoder (Devlin et al. 2019) with the sizes of all-MiniLM-L6-v2, and one score a label.

Written out so that its names are those of the published weights, and so that it exports to ONNX as a plain graph.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.extract.encoder.tagging import NAMES, STATEMENTS, allowed
from onrecord.extract.encoder.windows import KINDS

TASKS = (("statements", STATEMENTS), ("names", NAMES))
WIDTH, HEADS, LAYERS, INNER, VOCABULARY, POSITIONS = 384, 12, 6, 1536, 30522, 512


class Layer(nn.Module):
    """Self-attention and two dense layers, each with its residual and normalisation."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mixed, self.mixed_norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner, self.outer, self.outer_norm = (
            nn.Linear(WIDTH, INNER),
            nn.Linear(INNER, WIDTH),
            nn.LayerNorm(WIDTH, eps=1e-12),
        )
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = heads(self.query(x)), heads(self.key(x)), heads(self.value(x))
        if self.training:  # a sixth faster; written out below, it is what the exporter can fuse
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        else:
            weights = torch.softmax(query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + bias, dim=-1)
            mixed = weights @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.mixed_norm(x + self.dropout(self.mixed(mixed)))
        return self.outer_norm(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Tagger(nn.Module):
    """Piece ids, kinds and mask (batch, length) to label scores (batch, length, labels).

    `transitions` (labels, labels) are those of a linear-chain conditional random field (Lafferty et al. 2001) over
    the words; those that `tagging.allowed` forbids are never used."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places, self.types = (
            nn.Embedding(VOCABULARY, WIDTH),
            nn.Embedding(POSITIONS, WIDTH),
            nn.Embedding(2, WIDTH),
        )
        self.kinds = nn.Embedding(KINDS, WIDTH)
        nn.init.zeros_(self.kinds.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(0.1)
        self.labels, self.names = nn.Linear(WIDTH, len(STATEMENTS)), nn.Linear(WIDTH, len(NAMES))
        self.transitions = nn.ParameterDict(
            {task: nn.Parameter(torch.zeros(len(labels), len(labels))) for task, labels in TASKS}
        )

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(places) + self.types.weight[0] + self.kinds(kinds))
        x = self.dropout(x)
        bias = ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        x = self.dropout(x)
        return self.labels(x), self.names(x)

    def embedding_freeze(self) -> None:
        """The embeddings stay as published: half of the parameters, and what lets rare words keep their sense."""
        for part in (self.words, self.places, self.types):
            part.weight.requires_grad = False

    def load(self, published: dict[str, Tensor]) -> None:
        """Take over the published weights of all-MiniLM-L6-v2, by their names."""
        names = {
            "words.weight": "embeddings.word_embeddings.weight",
            "places.weight": "embeddings.position_embeddings.weight",
            "types.weight": "embeddings.token_type_embeddings.weight",
            "norm": "embeddings.LayerNorm",
        }
        parts = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "mixed": "attention.output.dense",
            "mixed_norm": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "outer_norm": "output.LayerNorm",
        }
        for layer in range(LAYERS):
            names |= {f"layers.{layer}.{ours}": f"encoder.layer.{layer}.{theirs}" for ours, theirs in parts.items()}
        state = self.state_dict()
        taken: dict[str, Tensor] = {}
        for ours, theirs in names.items():
            if theirs in published:
                taken[ours] = published[theirs]
            else:
                taken |= {f"{ours}.{kind}": published[f"{theirs}.{kind}"] for kind in ("weight", "bias")}
        missing = (
            set(state)
            - set(taken)
            - {
                *("labels.weight", "labels.bias", "names.weight", "names.bias"),
                *("kinds.weight", *(f"transitions.{task}" for task, _ in TASKS)),
            }
        )
        if missing:
            raise ValueError(f"the published weights lack {sorted(missing)}")
        self.load_state_dict(state | taken)


FORBIDDEN = -1e4


def chain_loss(scores: Tensor, labels: Tensor, transitions: Tensor, labels_of: Sequence[str]) -> Tensor:
    """Negative log likelihood of the label chains, a word, of a linear-chain conditional random field.

    `scores` (batch, words, labels), `labels` (batch, words) with -1 after the last word. A chain may start anywhere,
    since a window of training can start inside a span.
    """
    forbidden = torch.tensor([[not allowed(a, b) for b in labels_of] for a in labels_of], device=scores.device)
    steps = transitions.masked_fill(forbidden, FORBIDDEN)
    known = labels >= 0
    wanted = labels.clamp(min=0)
    right = (scores.gather(2, wanted[:, :, None]).squeeze(2) * known).sum(1)
    right = right + (steps[wanted[:, :-1], wanted[:, 1:]] * known[:, 1:]).sum(1)
    total = scores[:, 0]
    for at in range(1, scores.shape[1]):
        onward = torch.logsumexp(total[:, :, None] + steps, dim=1) + scores[:, at]
        total = torch.where(known[:, at, None], onward, total)
    return (torch.logsumexp(total, dim=1) - right).sum() / known.sum()
