"""The student: a teacher's layers over the bundled model's tokens, and what judges two questions read together."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import BertConfig, BertModel

from vectorstore.questions import BOTH
from vectorstore.training.questions.teacher import Teacher, mean

#: Places that the student knows.
PLACES = BOTH
#: How much the map from the bundled table to the teacher's words is held back, a word.
RIDGE = 5e-4


@dataclass(frozen=True, slots=True)
class Shape:
    """How many layers and heads of attention, and how wide a layer is inside."""

    layers: int
    heads: int
    inside: int


class Student(nn.Module):
    """Texts as tokens -> vectors. Its table has one row more than there are tokens, for places that hold none."""

    def __init__(self, shape: Shape, table: Tensor) -> None:
        super().__init__()
        self.filler = len(table)
        config = BertConfig(
            vocab_size=len(table) + 1,
            hidden_size=table.shape[1],
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.inside,
            max_position_embeddings=PLACES,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            pad_token_id=self.filler,
        )
        self.bert = BertModel(config, add_pooling_layer=False)
        self.words.weight.data = torch.cat([table, torch.zeros(1, table.shape[1])])

    @property
    def words(self) -> nn.Embedding:
        """The table of tokens."""
        words: nn.Embedding = self.bert.embeddings.word_embeddings
        return words

    def take_over(self, layers: Mapping[str, Tensor]) -> None:
        """Begins with these layers, by their names in a BertModel. Raises KeyError where one is missing or unknown."""
        missing, unknown = self.bert.load_state_dict(dict(layers), strict=False)
        if lost := [name for name in missing if "word_embeddings" not in name] + unknown:
            raise KeyError(f"layers that do not fit: {', '.join(lost)}")

    def table(self) -> list[nn.Parameter]:
        """What is taught of the table of tokens."""
        return list(self.words.parameters())

    def layers(self) -> list[nn.Parameter]:
        """Everything else that is taught."""
        return [one for name, one in self.named_parameters() if "word_embeddings" not in name]

    def rows(self, tokens: Tensor, there: Tensor, second: Tensor | None = None) -> Tensor:
        """(b, l, d) vectors of tokens where they stand; `second` (b, l) is 1 where a second text stands."""
        rows: Tensor = self.bert(
            input_ids=tokens, attention_mask=there.long(), token_type_ids=second
        ).last_hidden_state
        return rows.float()

    def forward(self, tokens: Tensor, counts: Tensor) -> Tensor:
        """(b, d) the vectors of texts, each of length one."""
        there = torch.arange(tokens.shape[1], device=tokens.device)[None] < counts[:, None]
        return normalize(mean(self.rows(tokens, there), there), dim=1)


def pupil(teacher: Teacher, table: Tensor) -> Student:
    """A student with the teacher's layers over a `table` (v, d) of tokens of its own."""
    theirs = teacher.model.config
    shape = Shape(theirs.num_hidden_layers, theirs.num_attention_heads, theirs.intermediate_size)
    student = Student(shape, table)
    layers = {
        name: values[:PLACES] if "position_embeddings" in name else values
        for name, values in teacher.model.state_dict().items()
        if "word_embeddings" not in name and "position_ids" not in name
    }
    student.take_over(layers)
    return student


class Judge(nn.Module):
    """Two questions as tokens, one behind the other -> log-odds that they ask the same."""

    def __init__(self, student: Student, width: int) -> None:
        super().__init__()
        self.student = student
        size = student.words.embedding_dim
        self.judge = nn.Sequential(nn.Linear(4 * size, width), nn.GELU(), nn.Linear(width, 1))

    def forward(self, tokens: Tensor, first: Tensor, counts: Tensor) -> Tensor:
        """(b,) of (b, l) tokens, of which the first question has `first` (b,) and both have `counts` (b,)."""
        places = torch.arange(tokens.shape[1], device=tokens.device)[None]
        there, second = places < counts[:, None], places >= first[:, None]
        rows = self.student.rows(tokens, there, second.long())
        one, other = mean(rows, there & ~second), mean(rows, there & second)
        odds: Tensor = self.judge(torch.cat([one, other, (one - other).abs(), one * other], dim=1))
        return odds[:, 0]


def first_table(teacher: Teacher, bundled: Tensor, pieces: list[str]) -> Tensor:
    """(v, d) where the student's tokens begin, from the bundled table (v, e) and its `pieces`.

    A Latin piece begins as the mean of the teacher's words for it. All others are carried over by the linear map that
    takes the bundled vectors of Latin pieces to the teacher's best, since the bundled table knows both languages.
    """
    latin = [at for at, piece in enumerate(pieces) if at and piece.isascii()]
    spelt = [
        encoding.ids
        for encoding in teacher.tokenizer.encode_batch([pieces[at] for at in latin], add_special_tokens=False)
    ]
    whole = [(at, ids[0]) for at, ids in zip(latin, spelt, strict=True) if len(ids) == 1]
    wide = torch.cat([bundled, torch.ones(len(bundled), 1)], dim=1)
    known, wanted = wide[[at for at, _ in whole]], teacher.words.cpu()[[word for _, word in whole]]
    held = RIDGE * len(whole) * torch.eye(wide.shape[1])
    table: Tensor = wide @ torch.linalg.solve(known.T @ known + held, known.T @ wanted)
    centre = wanted.mean(dim=0)
    short = (table[[at for at, _ in whole]] - centre).norm(dim=1).mean()
    table = centre + (table - centre) * ((wanted - centre).norm(dim=1).mean() / short)
    for at, ids in zip(latin, spelt, strict=True):
        if ids:
            table[at] = teacher.words.cpu()[ids].mean(dim=0)
    return table
