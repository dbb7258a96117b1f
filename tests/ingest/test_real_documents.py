"""The real documents, where this machine has them: repaired, outlined and cut as a reader would."""

from pathlib import Path

import pytest

from ingest.language import fold
from ingest.repairs.doubled import damaged_runs, doubled_characters
from ingest.types import Document, Passage
from tests.ingest.makers import document_of

Read = dict[str, tuple[Document, tuple[Passage, ...]]]


@pytest.fixture(scope="module")
def read(documents: Path) -> Read:
    """Number of the document, such as "002" -> document and passages."""
    return {
        path.name[:3]: document_of(path.name, path.read_bytes())
        for path in sorted(documents.glob("00[0-4]_*.txt"))
    }


def holding(read: Read, number: str, words: str) -> Passage:
    """The one passage of a document that holds these words."""
    (passage,) = [one for one in read[number][1] if fold(words) in fold(one.text)]
    return passage


def test_no_doubled_run_is_left(read: Read) -> None:
    document = read["002"][0]
    assert doubled_characters(document.raw) > 1000 and document.health.doubled_raw > 0.2
    assert doubled_characters(document.text) == 0 and damaged_runs(document.text) == ()
    assert all(doubled_characters(read[number][0].raw) == 0 for number in ("000", "001", "003", "004"))


@pytest.mark.parametrize(
    ("number", "restored"),
    [
        ("002", "新公共経営（行政改革）"),
        ("002", "デジタル化のもとでのグローバル/地域/国の文脈の激変が、高等教育と社会全体に波及"),
        ("002", "佐藤愛之助"),
        ("003", "RU11の会議に筑波大学から案件を提出"),
        ("003", "研究大学グループとともに"),
        ("003", "諸外国が国を挙げて管理体制を強化する中"),
        ("004", "short- and long-term faculty exchange"),
        ("004", "University of Technology (DUT-RU) - is an example"),
        ("004", "post-World War II"),
        ("004", "higher education institutions in four countries"),
        ("004", "reaching college age. Nevertheless"),
        ("004", "loan technical cooperation"),
    ],
)
def test_damage_is_repaired(read: Read, number: str, restored: str) -> None:
    assert restored in read[number][0].text


@pytest.mark.parametrize(
    ("number", "words", "path"),
    [
        ("001", "trial, and then gradually expanded", ("3. Policy", "(1) New Measures")),
        ("001", "research security advisory desk service", ("3. Policy", "(2) MEXT's Initiatives")),
        ("003", "経費等の支援", ("取り組むべき事項", "政府が取り組むべき事項")),
        ("003", "大学間の連携を強化", ("取り組むべき事項", "大学が取り組むべき事項")),
        ("003", "声明を発出", ("これまでの研究セキュリティに係る経緯",)),
        ("004", "launched in Fall 2020", ("EXPANSION", "Three Cases", "Case 1")),
        ("004", "Founded in 2013", ("EXPANSION", "Three Cases", "Case 2")),
        ("004", "geopolitical tensions", ("DISCUSSION",)),
        ("002", "10万人留学生", ("留学生の受入",)),
        ("002", "Korea, China (+ASEAN)", ("大学の世界展開力強化事業",)),
    ],
)
def test_a_passage_stands_under_its_headings(
    read: Read, number: str, words: str, path: tuple[str, ...]
) -> None:
    heading = holding(read, number, words).heading
    assert len(heading) >= len(path)
    assert all(part in name for part, name in zip(path, heading[-len(path) :], strict=True))


def test_figures_stay_with_their_title(read: Read) -> None:
    passage = holding(read, "002", "1. US 957")
    assert "International students (world)" in " ".join((*passage.heading, passage.text))
    assert "10. Netherlands 125" in passage.text


def test_an_entry_of_the_timeline_keeps_its_date(read: Read) -> None:
    text = holding(read, "003", "声明を発出").text
    assert text.index("2022年11月") < text.index("声明を発出") < text.index("2023年5月")


def test_a_list_item_keeps_its_sub_items(read: Read) -> None:
    text = holding(read, "000", "2) Sharing experiences").text
    assert all(f"\n{letter}) " in text for letter in "abcd")


def test_both_columns_of_a_bilingual_slide_are_passages_of_their_own(read: Read) -> None:
    english, japanese = holding(read, "002", "100,000 by 2000"), holding(read, "002", "10万人留学生")
    assert (english.language, japanese.language) == ("en", "ja")
    assert english.heading == japanese.heading


def test_nearly_all_text_is_in_a_passage(read: Read) -> None:
    for document, passages in read.values():
        held = sum(len("".join(passage.text.split())) for passage in passages)
        assert held > 0.93 * document.health.characters
