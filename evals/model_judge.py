"""A language model as a second judge of citations, with prompts/judge.*: never a gate, its agreement is reported. Pure.

The model is any `Chat` of the desk's gateway. A reply that is none of the three words counts as no judgement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model.framing import lines
from bot.types import Chat
from evals.records import Record, Reply, Said
from ingest.language import language_of
from prompts import fill, load

VERDICTS = ("supported", "partly", "unsupported")


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with the checker's verdict and the model's, "" where it gave none."""

    case: str
    sentence: str
    checker: str
    model: str


@dataclass(frozen=True, slots=True)
class JudgeAgreement:
    """How far a model and the checker agree over the sentences that both judged; kappa is 0 for chance."""

    sentences: int
    unread: int
    share: float
    kappa: float


def asked(reply: Reply, said: Said, chat: Chat) -> str:
    """The model's verdict on one sentence. Raises ModelUnavailable."""
    cited = [one for one in reply.cited if one.n in said.citations]
    passages = "\n\n".join(lines(str(number), one.sentences) for number, one in enumerate(cited, start=1))
    prompt = load("judge", language_of(said.text))
    system, user = fill(prompt, {"passages": passages, "statement": lines("S", said.text)})
    word = "".join(chat(system, user)).strip().strip(".。").lower()
    return word if word in VERDICTS else ""


def judge_sentences(records: Sequence[Record], chat: Chat, most: int) -> Iterator[Judged]:
    """The verdicts on the first `most` cited sentences of a run, one after the other."""
    left = most
    for record in records:
        for said in record.reply.said if record.reply.answered else ():
            if left and said.citations:
                left -= 1
                yield Judged(record.case.id, said.text, said.verdict, asked(record.reply, said, chat))


def judge_agreement(judged: Sequence[Judged]) -> JudgeAgreement | None:
    """How far they agree; None where the model gave no judgement at all."""
    pairs = [(one.checker, one.model) for one in judged if one.model]
    if not pairs:
        return None
    share = sum(a == b for a, b in pairs) / len(pairs)
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    chance = sum(first.count(word) * second.count(word) for word in VERDICTS) / len(pairs) ** 2
    kappa = (share - chance) / (1 - chance) if chance < 1 else 1.0
    return JudgeAgreement(len(pairs), len(judged) - len(pairs), share, kappa)
