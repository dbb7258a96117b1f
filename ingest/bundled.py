"""Where the bundled library lies."""

from importlib.resources import files
from pathlib import Path


def bundled_library() -> Path:
    """The folder of the bundled digests and their catalogue, sources.toml."""
    return Path(str(files("ingest").joinpath("library")))
