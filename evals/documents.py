"""The documents that cases name: catalogue key, language, and a name for people (evals/cases/documents.json)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from evals.types import Case
from ingest.language import language_of
from ingest.types import Language, Record


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A document of the cases. `language` is empty where its passages are in both."""

    key: str
    language: str
    ja: str
    en: str


Documents = Mapping[str, CaseDocument]


def load_documents() -> dict[str, CaseDocument]:
    """The project's table."""
    text = files("evals").joinpath("cases", "documents.json").read_text("utf-8")
    return {name: CaseDocument(**fields) for name, fields in json.loads(text).items()}


def original(named: str, source: str, record: Record, documents: Documents) -> bool:
    """Whether the file `source` is the document that a case names."""
    known = documents.get(named)
    return source.startswith(named) or record.key == (known.key if known else named)


def digest(named: str, record: Record, documents: Documents) -> bool:
    """Whether a record is that of a digest of the document that a case names."""
    known = documents.get(named)
    return bool(record.digest_of) and record.digest_of == (known.key if known else named)


def gold_language(case: Case, documents: Documents) -> Language | None:
    """Language of the gold passage: the document's, or that of the terms where it mixes; None without gold."""
    if not case.gold:
        return None
    known = documents.get(case.gold[0].document)
    if known and known.language in ("ja", "en"):
        return "ja" if known.language == "ja" else "en"
    return language_of(" ".join(case.gold[0].terms))
