"""The network: the encoder of statements with marks in place of kinds, and one score a type from what stands where."""

import torch
from torch import Tensor, nn

from onrecord.extract.events.coding.marking import ACTOR, MARKS, RECIPIENT, TRIGGER
from training.encoder.network import LAYERS, POSITIONS, VOCABULARY, WIDTH, Layer, Tagger

TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "none"),
)
POOLS = 5


class Typer(nn.Module):
    """Piece ids, marks and places between, each (batch, length), to scores of types (batch, types).

    Five means of the last states are put side by side: of all pieces, of the actor's, of the recipient's, of the
    trigger's, and of those between. A padded piece has id 0."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places, self.types = (
            nn.Embedding(VOCABULARY, WIDTH),
            nn.Embedding(POSITIONS, WIDTH),
            nn.Embedding(2, WIDTH),
        )
        self.marks = nn.Embedding(MARKS, WIDTH)
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.zeros_(self.marks.weight[0])
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(0.1)
        self.scores = nn.Linear(POOLS * WIDTH, len(TYPES))

    def forward(self, ids: Tensor, marks: Tensor, between: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        mask = ids != 0
        x = self.norm(self.words(ids) + self.places(places) + self.types.weight[0] + self.marks(marks))
        x = self.dropout(x)
        bias = ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        owned = [(marks == whose) | (marks == ACTOR + RECIPIENT) for whose in (ACTOR, RECIPIENT)]
        pools = [_mean(x, where) for where in (mask, *owned, marks == TRIGGER, between == 1)]
        return self.scores(self.dropout(torch.cat(pools, 1)))

    def load(self, published: dict[str, Tensor]) -> None:
        """Take over the published weights of all-MiniLM-L6-v2; the embeddings stay as they are."""
        base = Tagger()
        base.load(published)
        own = self.state_dict()
        self.load_state_dict(own | {name: value for name, value in base.state_dict().items() if name in own})
        for part in (self.words, self.places, self.types):
            part.weight.requires_grad = False


def _mean(x: Tensor, where: Tensor) -> Tensor:
    """Of the states where it is true (batch, width); zero where it is nowhere."""
    weight = where.to(x.dtype)[:, :, None]
    return (x * weight).sum(1) / weight.sum(1).clamp(min=1.0)
