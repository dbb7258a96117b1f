"""All about one ticket at one moment, and what the rules look at of it. Pure."""

from dataclasses import dataclass

from bot.desk.letter import Letter, difference, loaded, sentence_key
from bot.desk.rules import Situation
from bot.store.tickets import Comment, Override, Ticket, Version
from ingest.types import Language


class OfficeError(ValueError):
    """Something that a ticket cannot take; `reason_ja` and the message say what to change."""

    def __init__(self, reason: str, reason_ja: str) -> None:
        super().__init__(reason)
        self.reason_ja = reason_ja

    def said(self, language: Language) -> str:
        """The reason for a reader."""
        return self.reason_ja if language == "ja" else str(self)


class Conflict(OfficeError):
    """Somebody else saved a version of the draft meanwhile; nothing was overwritten. `now` is the ticket with it."""

    def __init__(self, now: "File") -> None:
        author = now.versions[-1].author
        super().__init__(
            f"{author} saved version {now.ticket.version} meanwhile. Nothing was overwritten: your text still stands in "
            "the field. Bring the two together and save again.",
            f"{author} さんが先に第 {now.ticket.version} 版を保存しました。上書きはしていません。あなたの文章は入力欄に"
            "残っています。両方を見比べて、まとめてから保存し直してください。",
        )
        self.now = now


@dataclass(frozen=True, slots=True)
class File:
    """All about one ticket, of one moment."""

    ticket: Ticket
    versions: tuple[Version, ...]
    overrides: tuple[Override, ...]
    comments: tuple[Comment, ...]

    @property
    def letter(self) -> Letter | None:
        """The current version's letter."""
        return loaded(self.versions[-1].body) if self.versions and not self.ticket.erased else None

    @property
    def open_sentences(self) -> tuple[str, ...]:
        """Sentences of the current version without support that nobody accepted."""
        letter = self.letter
        accepted = {o.sentence for o in self.overrides if o.version == self.ticket.version}
        return (
            tuple(s.text for s in letter.unsupported if sentence_key(s.text) not in accepted)
            if letter
            else ()
        )

    @property
    def situation(self) -> Situation:
        """What the rules look at."""
        writers = frozenset(v.author for v in self.versions if v.round == self.ticket.round)
        letter = self.letter
        written = bool(letter and letter.statements)
        return Situation(self.ticket.state, writers, len(self.open_sentences), written)  # type: ignore[arg-type]

    def changes(self) -> tuple[tuple[str, str], ...]:
        """The difference between the last two versions."""
        if not self.versions:
            return ()
        before = loaded(self.versions[-2].body) if len(self.versions) > 1 else None
        return difference(before, loaded(self.versions[-1].body))


def bounded(text: str, most: int) -> str:
    """The text without white space around it. Raises OfficeError for more than `most` characters."""
    text = text.strip()
    if len(text) > most:
        raise OfficeError(
            f"The text has {len(text)} characters; {most} is the most.",
            f"{len(text)} 文字あります。{most} 文字までにしてください。",
        )
    return text
