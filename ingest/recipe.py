"""Names the code that decides what a file's passages are. Loads none of it."""

import hashlib
from functools import cache
from importlib.resources import files

#: Modules whose code decides what a file's passages are; a change in them makes every document a new version.
PARTS = (
    "clean",
    "cut",
    "edits",
    "headings",
    "language",
    "levels",
    "lines",
    "outline",
    "pack",
    "pipeline",
    "readers",
    "repairs",
)


@cache
def recipe() -> str:
    """A hash of the code that reads, cleans and cuts; 12 hexadecimal digits."""
    digest = hashlib.sha256()
    root = files("ingest")
    for name in PARTS:
        folder = root / name
        modules = (
            sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else [root / f"{name}.py"]
        )
        for module in modules:
            if module.name.endswith(".py"):
                digest.update(module.name.encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()[:12]
