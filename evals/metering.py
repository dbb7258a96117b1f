"""Counts what goes to a language model and what comes back.

Servers differ in whether they report usage while they stream, so tokens are estimated from the characters: four
of ASCII, or one other, to a token, which is near for today's models in English and high for Japanese.
"""

from collections.abc import Iterator

from bot.types import Chat


def about_tokens(text: str) -> int:
    """About how many tokens a text is."""
    ascii_count = sum(char.isascii() for char in text)
    return (ascii_count + 3) // 4 + len(text) - ascii_count


class Meter:
    """The tokens of one question, summed over the calls that it took."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begins a new question."""
        self.tokens_in = self.tokens_out = 0

    def metered(self, chat: Chat) -> Chat:
        """The same model, counted."""

        def asked(system: str, user: str) -> Iterator[str]:
            self.tokens_in += about_tokens(system) + about_tokens(user)
            for piece in chat(system, user):
                self.tokens_out += about_tokens(piece)
                yield piece

        return asked
