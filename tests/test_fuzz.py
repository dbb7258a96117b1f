"""Whatever comes in, nothing crashes, offsets stay exact and time stays linear.

Few examples here; `pytest --hypothesis-profile=faults tests/test_fuzz.py` tries 5,000 and more.
"""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.marks import Mark, read_marks
from bot.packet.hashes import sealed, values
from bot.packet.parse import parse
from bot.packet.types import PacketError
from bot.privacy import find_personal, mask
from bot.verify import check
from ingest.catalogue import Catalogue
from ingest.clean import clean
from ingest.language import language_of
from ingest.pipeline import read_document
from ingest.types import IngestError, Page
from tests.bot.checking import translate
from tests.bot.test_packet import as_file, put

#: Inputs of each property: few, unless the profile asks for more.
EXAMPLES = settings().max_examples if settings.get_current_profile_name() == "faults" else 20

#: What documents, answers and questions are made of, and what breaks programs.
PIECES = (
    "研究セキュリティを確保しなければならない。", "大大学学のの研研究究", "令和4年12月18日", "３分の２以上", "約1,234万円",
    "Universities must not share data without approval. ", "from Kyoto to Osaka, ", "(1) ", "• ", "- ", "# ", "第1条　",
    "[1]", "【２】", "［1, 3］", "[^4]", "```", "…", "http://evil.example/a?b=1 ", "taro@example.ac.jp ", "090-1234-5678",
    "\n", "\n\n", "\f", "\t", "\r\n", "\0", "\u200b", "\u202e", "\ufeff", "e\u0301", "ｶﾞ", "㎡", "﷽", "😀", "\U000e0041", "\u2028",
    "a" * 40, "の" * 40, "9" * 40, "。" * 20, "[" * 30, "(" * 30, '"', "\\", "{", "}", "<b>", "&amp;",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=30).map("".join)
#: JSON of any kind, with the names that packets have among the others.
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["kind", "format", "statements", "seal", "hash", "x"]), inner, max_size=6
        )
    ),
    max_leaves=20,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_repaired_text_knows_where_every_character_came_from(pages: list[str]) -> None:
    made = clean([Page(number, text) for number, text in enumerate(pages, start=1)])
    places = [made.offsets.raw(at) for at in range(len(made.text))]
    assert places == sorted(places)
    assert not places or 0 <= places[0] and places[-1] < max(len(made.raw), 1)


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS, st.sampled_from([".txt", ".md", ".html"]))
def test_a_cut_document_has_exact_passages(text: str, suffix: str) -> None:
    try:
        document, passages = read_document(f"x{suffix}", text.encode("utf-8", "replace"), Catalogue(()))
    except IngestError:
        return
    assert all(document.text[one.start : one.end] == one.text != "" for one in passages)
    assert [one.start for one in passages] == sorted({one.start for one in passages})
    assert all(document.offsets.raw(one.end - 1) < len(document.raw) for one in passages)


def read(pieces: list[str], most: int) -> tuple[str, list[tuple[int, ...]]]:
    """The text without its marks, and the marks' numbers."""
    events = list(read_marks(pieces, most))
    marks = [event.numbers for event in events if isinstance(event, Mark)]
    return "".join(event for event in events if isinstance(event, str)), marks


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS, st.integers(0, 9), st.lists(st.integers(0, 400), max_size=8))
def test_citations_are_the_same_however_a_stream_is_cut(text: str, most: int, cuts: list[int]) -> None:
    at = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    whole, marks = read([text], most)
    assert read([text[a:b] for a, b in zip(at, at[1:], strict=False)], most) == (whole, marks)
    assert all(1 <= number <= most for numbers in marks for number in numbers)


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_the_checker_gives_a_verdict_on_anything_and_the_same_twice(statement: str, spans: list[str]) -> None:
    checked = check(statement, spans, language_of(statement), None, translate)
    assert checked == check(statement, spans, language_of(statement), None, translate)
    assert checked.verdict == "supported" or (checked.why_ja and checked.why_en and checked.failed)
    assert spans or checked.verdict == "unsupported"


@settings(max_examples=EXAMPLES, deadline=None)
@given(JSONS.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200) | TEXTS.map(str.encode))
def test_what_is_no_packet_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(PacketError) as caught:
        parse(data)
    assert str(caught.value) and caught.value.reason_ja


#: The smallest packet: everything that a packet has, and nothing in it.
SMALL: dict[str, Any] = json.loads(
    json.dumps(
        sealed(
            {
                "readable": {"ja": ["一"], "en": ["one"]},
                "kind": "advisory-desk evidence packet",
                "format": 1,
                "created": "2026-01-01T00:00:00+00:00",
                **dict.fromkeys(("question", "query", "text", "reason"), "x"),
                "language": "en",
                "status": "refused",
                "notes": [],
                "confidence": 0.5,
                **dict.fromkeys(("statements", "citations", "documents"), []),
                "edition": dict.fromkeys(("name", "created", "embedder", "fingerprint"), "e")
                | {"documents": 1, "passages": 2},
                "model": {"name": "", "prompts": {}},
                "versions": dict.fromkeys(("desk", "ingest", "glossary"), "v"),
            },
            b"k" * 32,
        )
    )
)
PATHS = [path.split(".") for path, _ in values({**SMALL, "hashes": "all"})]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sampled_from(PATHS), JSONS)
def test_a_packet_with_any_value_changed_is_read_or_refused_but_never_breaks(
    path: list[str], new: Any
) -> None:
    packet = json.loads(json.dumps(SMALL))
    put(*(int(part) if part.isdigit() else part for part in path))(new)(packet)
    try:
        assert parse(as_file(packet)) == packet
    except PacketError as error:
        assert error.reason_ja


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS)
def test_masking_keeps_everything_but_the_personal_data(text: str) -> None:
    items = find_personal(text)
    assert all(0 <= item.start < item.end <= len(text) for item in items)
    assert all(one.end <= other.start for one, other in zip(items, items[1:], strict=False))
    kept = [text[a.end : b.start] for a, b in zip(items, items[1:], strict=False)]
    assert all(part in mask(text).text for part in kept)


def _cut(text: str) -> object:
    try:
        return read_document("x.txt", text.encode("utf-8", "replace"), Catalogue(()))
    except IngestError:
        return None


WORK: dict[str, Callable[[str], object]] = {
    "repairs": lambda text: clean([Page(1, text)]),
    "cutting": _cut,
    "citations": lambda text: list(read_marks([text], 9)),
    "the checker": lambda text: check(text[:1_900], [text], "ja", None, translate),
    "masking": mask,
}


@pytest.mark.parametrize("name", WORK)
@settings(max_examples=max(EXAMPLES // 20, 2), deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(min_size=1, max_size=6), min_size=1, max_size=3).map("".join)
)
def test_time_grows_with_the_length_and_not_with_its_square(name: str, unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        began = time.process_time()
        WORK[name](text)
        return time.process_time() - began

    seconds(1_000)
    short = max(min(seconds(2_000) for _ in range(2)), 0.004)
    assert min(seconds(16_000) for _ in range(2)) < 30 * short, unit
