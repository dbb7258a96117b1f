"""Makes a library sound again without its sources: from the passages that it keeps, or from an earlier edition."""

from dataclasses import dataclass

from vectorstore import edition as editions
from vectorstore.edition import Home
from vectorstore.lock import writer_lock
from vectorstore.shelf import Shelf
from vectorstore.sync import SHELF, Old, Writer, publish_edition
from vectorstore.types import BrokenEdition, NewerEdition, NoLibrary


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done, in words, and the edition that is live now."""

    edition: str
    done: str


def repair(writer: Writer, force: bool = False) -> Repair:
    """Rebuilds the live edition from its own shelf where that is sound, else goes back to the newest sound edition.

    What an older desk wrote is rebuilt; `force` rebuilds an edition whose files are as sealed. Raises StoreBusy, NoLibrary, BrokenEdition, NewerEdition.
    """
    home = writer.home
    with writer_lock(home):
        try:
            name = editions.live_name(home)
            damaged = frozenset(editions.damage(home, name))
            older = editions.read_manifest(home, name).format < editions.FORMAT
            if not damaged and not older and not force:
                return Repair(name, "nothing to repair: every file is as sealed")
            if SHELF not in damaged:
                return Repair(
                    _rebuilt(writer, name, damaged), f"{name} was built again from the passages it keeps"
                )
        except (NewerEdition, NoLibrary):
            raise
        except BrokenEdition:
            name = ""
        back = _newest_sound(home, name)
        editions.point_at(home, back)
        return Repair(
            back, "went back to an earlier edition; run `desk ingest` to bring it in line with its folders"
        )


def _rebuilt(writer: Writer, name: str, damaged: frozenset[str]) -> str:
    """A new edition of the same documents and entries; vectors are taken over where their files are sound."""
    manifest = editions.read_manifest(writer.home, name)
    shelf = Shelf(writer.home.edition(name) / SHELF)
    try:
        shelved = [one for source in shelf.sources if (one := shelf.shelved(source))]
        return publish_edition(writer, Old(manifest, shelf, damaged), shelved, manifest.files).name
    finally:
        shelf.close()


def _newest_sound(home: Home, but: str) -> str:
    for name in reversed(editions.names(home)):
        try:
            if name != but and not editions.damage(home, name):
                return name
        except BrokenEdition:
            continue
    raise BrokenEdition("no edition is sound; run `desk ingest` to build the library from its folders")
