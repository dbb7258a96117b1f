"""A model's words become statements with the sentences that they cite, and nothing else."""

from collections.abc import Iterator

import pytest

from bot.model.support import Reader, quotes_for
from bot.model.unavailable import ModelUnavailable
from bot.model.written import condense_with, stream_with, write_with
from bot.types import Draft, Turn
from bot.verify import verify
from tests.bot.checking import similarity, translate
from tests.bot.making import HITS, saying

READER = Reader(similarity, translate)
APPROVAL = "研究データを学外に持ち出す者は、事前に情報管理室の承認を得なければならない。"
RENEWAL = "An agreement may be renewed once for up to five years."


def _drafts(text: str) -> tuple[Draft, ...]:
    return write_with(saying(text), "質問", HITS, "ja", READER)


def _quoted(text: str) -> list[list[str]]:
    return [[quote.text for quote in draft.quotes] for draft in _drafts(text)]


def test_lines_come_out_while_the_answer_arrives() -> None:
    steps = [
        len(ready) for ready in stream_with(saying("", f"{RENEWAL} [", "2]\n", "", "And"), "q", HITS, "en")
    ]
    assert steps == [0, 0, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (f"{APPROVAL}[1]", [[APPROVAL]]),
        ("承認は90日のあいだ有効である[1]。", [["承認の有効期間は90日である。"]]),
        ("Agreements may be renewed once, for up to five years [2].", [[RENEWAL]]),
        ("The approval is valid for 90 days [1].", [["承認の有効期間は90日である。"]]),
        (f"{RENEWAL} [2][1]", [[RENEWAL]]),
        (f"{RENEWAL}", [[]]),
        (f"{RENEWAL} [9]", [[]]),
        (f"{RENEWAL} [2][9]", [[]]),
        (f"{RENEWAL} [2] `[9]`", [[RENEWAL], []]),
        ("An agreement `[9]` may be renewed once for up to five years [2].", [[]]),
        ("```\nIt is in code [1].\n```", [[]]),
    ],
)
def test_the_quote_is_the_sentence_that_says_it(text: str, quotes: list[list[str]]) -> None:
    assert _quoted(text) == quotes


def test_a_statement_that_joins_sentences_quotes_them_all() -> None:
    found = quotes_for(
        "Exchange students do not pay tuition, and up to 12 students a year are accepted.", [HITS[2]], READER
    )
    assert [quote.text for quote in found] == [HITS[2].passage.text]


@pytest.mark.parametrize(
    "text",
    [
        "The note says “staff may sign any agreement alone” [2].",
        "指針は「職員は自由に研究データを公開できる」と定めている[1]。",
        'It speaks of "a waiver of all liability for partners" [2].',
        f"「{APPROVAL}」とある[2]。",
    ],
)
def test_a_quotation_that_no_cited_passage_has_is_not_supported(text: str) -> None:
    assert _quoted(text) == [[]]


@pytest.mark.parametrize(
    "text", ["Note on partnership agreements.", "note on partnership agreements (2023-04-01)."]
)
def test_the_name_of_a_document_is_no_statement(text: str) -> None:
    assert _quoted(f"{text} [2]") == [[]]


def test_a_true_quotation_is_kept() -> None:
    assert _quoted("指針は「承認の有効期間は90日である」と定めている[1]。") == [
        ["承認の有効期間は90日である。"]
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_words_of_the_prompt_are_never_supported(language: str) -> None:
    seen: list[str] = []

    def chat(system: str, user: str) -> Iterator[str]:
        seen.append(system)
        yield "\n".join(f"{line} [1]" for line in system.splitlines()[:8])

    drafts = write_with(chat, "q", HITS, "ja" if language == "ja" else "en", READER)
    statements, _ = verify(drafts, "ja", similarity, translate)
    assert statements and {one.verdict for one in statements} == {"unsupported"}
    assert sum(bool(draft.quotes) for draft in drafts) <= 1


def test_a_very_long_answer_is_refused() -> None:
    with pytest.raises(ModelUnavailable) as error:
        _drafts(f"{RENEWAL} [2]\n" * 30)
    assert error.value.kind == "overlong"


@pytest.mark.parametrize("hits", [(), HITS])
def test_what_cannot_be_asked_is_not_asked(hits: tuple[object, ...]) -> None:
    asked: list[str] = []

    def chat(system: str, user: str) -> Iterator[str]:
        asked.append(user)
        yield ""

    with pytest.raises(ModelUnavailable):
        write_with(chat, "長" * 3_000, HITS if hits else (), "ja")
    assert not asked


def test_closing_the_stream_closes_the_model() -> None:
    closed: list[str] = []

    def chat(system: str, user: str) -> Iterator[str]:
        try:
            yield "One"
            yield "Two"
        finally:
            closed.append("yes")

    stream = stream_with(chat, "q", HITS, "en")
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert closed == ["yes"]


HISTORY = (Turn("大阪大学ASEANキャンパスはいつ始まりましたか。", "2017年に始まりました。"),)


def test_a_follow_up_is_rewritten() -> None:
    reply = "大阪大学ASEANキャンパスは誰が決めたのですか。"
    assert condense_with(saying(reply[:5], reply[5:]), "それは誰が決めたのですか。", HISTORY) == reply


def test_without_a_history_the_model_is_not_asked() -> None:
    assert condense_with(saying("another question?"), " What is it? ", ()) == "What is it?"


@pytest.mark.parametrize(
    "reply",
    [
        "",
        " \n",
        "Who decided it?",
        "誰が決めましたか。\n2017年です。",
        "2031年に誰が決めましたか。",
        "誰が決めたか[1]。",
        "誰が" * 300,
    ],
)
def test_a_useless_rewrite_is_an_error(reply: str) -> None:
    with pytest.raises(ModelUnavailable):
        condense_with(saying(reply), "それは誰が決めたのですか。", HISTORY)


def test_an_honest_answer_stands_up() -> None:
    text = f"{APPROVAL}[1]\n承認の有効期間は90日である[1]。\n"
    text += "The agreement may be renewed once for up to five years [2]."
    statements, citations = verify(_drafts(text), "ja", similarity, translate)
    assert [one.verdict for one in statements] == ["supported"] * 3
    assert [citation.quote.passage.id for citation in citations] == ["p1", "p1", "p2"]


@pytest.mark.parametrize(
    "text",
    [
        "承認の有効期間は60日である[1]。",
        "研究データは承認なしに持ち出してよい[1]。",
        "An agreement may be renewed twice [2].",
        "Exchange students pay tuition at the host university [3].",
        f"{RENEWAL} [3]",
        "All partners are exempt from checks [2].",
    ],
)
def test_a_false_statement_with_a_true_number_does_not(text: str) -> None:
    (statement,), _ = verify(_drafts(text), "ja", similarity, translate)
    assert statement.verdict == "unsupported"
