"""Cases, replies and records made by hand for the tests of the eval suite."""

from collections.abc import Mapping
from typing import Any

from evals.records import Cited, Found, Record, Reply, Said
from evals.types import Case, Gold

TEXT = "客員研究員は届け出る。滞在は三十日以内とする。学外への持ち出しには承認が要る。"


def case(id: str = "a-1", **fields: Any) -> Case:
    """An answerable question about document 000, unless said otherwise."""
    given: dict[str, Any] = {
        "language": "ja",
        "kind": "answerable",
        "action": "answer",
        "split": "tuning",
        "question": "客員研究員は何をしますか。",
        "gold": (Gold("000", ("客員研究員", "届け出る")),),
        "facts": (("届け出る", "notify"),),
    }
    return Case(id, **(given | fields))


def found(text: str = TEXT, source: str = "000_a.txt", start: int = 0) -> Found:
    """A hit that holds `text` at `start` of its document."""
    return Found(source, source.partition(".")[0], "", "指針", "", start, start + len(text), text, 1.0)


def cited(quote: str = "客員研究員は届け出る。", n: int = 1, start: int = 0) -> Cited:
    """A citation of the hit that `found` makes."""
    return Cited(n, "000_a.txt", start, start + len(quote), quote, quote)


def reply(**fields: Any) -> Reply:
    """An answer of one sentence, word for word from its source, unless said otherwise."""
    given: dict[str, Any] = {
        "status": "answered",
        "text": "指針によれば、\n客員研究員は届け出る。 [1]",
        "frame": "指針によれば、",
        "language": "ja",
        "said": (Said("客員研究員は届け出る。", (1,), "supported"),),
        "cited": (cited(),),
        "hits": (found(),),
        "confidence": 0.9,
        "seconds": 0.05,
    }
    return Reply(**(given | fields))


def declined(**fields: Any) -> Reply:
    """A reply that declines."""
    empty = {"status": "refused", "said": (), "cited": (), "confidence": 0.2}
    return reply(**(empty | {"text": "収録資料には見つかりませんでした。", "frame": ""} | fields))


def record(id: str, values: Mapping[str, float], document: str = "000", **fields: Any) -> Record:
    """A record with given values; `document` "" stands for a question about none."""
    gold = (Gold(document, (f"語 {id}",)),) if document else ()
    about = case(id, gold=gold, **fields)
    return Record(about, reply(), f"{about.language}→ja" if gold else "", dict(values))
