"""What made a run: everything that its figures depend on, frozen with it. A run goes on only under its own recipe."""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

from pydantic import TypeAdapter

from evals.types import Case
from prompts import HOLES, LANGUAGES, digest, load

#: Packages whose versions decide the figures.
_PACKAGES = (
    "advisory-desk",
    "chromadb",
    "bm25s",
    "sudachipy",
    "sudachidict-core",
    "numpy",
    "tokenizers",
    "langchain",
)
#: Fitted values: (room, file).
_FITTED = (
    ("vectorstore", "blend.json"),
    ("vectorstore", "carry.json"),
    ("vectorstore", "lexicon.tsv"),
    ("bot.extract", "choice.json"),
    ("bot.extract", "sufficiency.json"),
    ("bot.extract", "sufficiency.npz"),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """`library` is the name under which runs are compared; `sources` maps every document to its passages' number."""

    system: str
    library: str
    edition: str
    sources: Mapping[str, int]
    cases: str
    changes: tuple[str, ...]
    model: str
    embedder: str
    glossary: str
    seed: int
    prompts: Mapping[str, str]
    fitted: Mapping[str, str]
    versions: Mapping[str, str]


RECIPE: TypeAdapter[Recipe] = TypeAdapter(Recipe)
_CASE = TypeAdapter(Case)


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def case_digest(case: Case) -> str:
    """Changes with anything in the case."""
    return _short(_CASE.dump_json(case))


def cases_digest(cases: Sequence[Case]) -> str:
    """Changes with any case of a set."""
    return _short(json.dumps(sorted(f"{case.id} {case_digest(case)}" for case in cases)).encode())


def prompt_digests() -> dict[str, str]:
    """Digest of every prompt by its file's name."""
    return {
        f"{name}.{language}": digest(load(name, language))[:12]
        for name in sorted(HOLES)
        for language in LANGUAGES
    }


def fitted_digests() -> dict[str, str]:
    """Digest of every file of fitted values."""
    return {name: _short(files(room).joinpath(name).read_bytes()) for room, name in _FITTED}


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that the figures depend on."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
