"""Page numbers, running heads and feet."""

import pytest

from tests.ingest.makers import cleaned, wrapped

BODY = (
    "大学は国際共同研究の推進に当たり、相手機関の状況を確認し、必要な手続を定めるものとする。",
    "部局の長は、研究者から申請を受けたときは、速やかにその内容を審査し、結果を通知しなければならない。",
    "審査の結果に異議がある者は、通知を受けた日から三十日以内に、学長に対し再審査を求めることができる。",
    "この手続に関し必要な事項は、別に定める。なお、施行の日前にされた申請については、従前の例による。",
)


@pytest.mark.parametrize("frame", ["{}", "- {} -", "Page {}", "p. {}", "{} / 4", "{}ページ", "　{}"])
def test_page_numbers_at_the_foot_are_removed(frame: str) -> None:
    made = cleaned(*(f"{body}\n{frame.format(number)}" for number, body in enumerate(BODY, 1)))
    assert made.text == "\n\n".join(BODY)


def test_full_width_page_numbers_are_removed() -> None:
    made = cleaned(*(f"{body}\n{'１２３４'[number]}" for number, body in enumerate(BODY)))
    assert made.text == "\n\n".join(BODY)


def test_running_heads_and_feet_are_removed() -> None:
    made = cleaned(*(f"研究管理規程 第{n}版\n{body}\n大学本部 {n}" for n, body in enumerate(BODY, 1)))
    assert made.text == "\n\n".join(BODY)


def test_a_line_that_repeats_inside_pages_stays() -> None:
    made = cleaned(*(f"{body}\n{body}\n（注）例を参照。\n{body}\n{body}" for body in BODY))
    assert made.text.count("（注）例を参照。") == 4


def test_page_numbers_in_a_text_that_does_not_know_its_pages() -> None:
    text = "\n\n".join(f"{body * 2}\n\n{number}" for number, body in enumerate(BODY, 1))
    made = cleaned(text)
    assert made.text == "\n\n".join(body * 2 for body in BODY)
    assert made.breaks == tuple(made.text.index(body) for body in BODY[1:])


def test_a_single_number_counts_only_if_it_counts_pages() -> None:
    assert "２" not in cleaned(f"{BODY[0]}\n\n\n取組事項\n\n２\n\n⚫ {BODY[1]}").text
    assert "7" in cleaned(f"{BODY[0]}\n\n件数\n\n7\n\n{BODY[1]}").text.split("\n")


def test_cells_of_a_table_are_no_page_numbers() -> None:
    table = "\n\n".join(
        f"{number}\n\n{name}" for number, name in enumerate(["短期", "長期", "共同", "遠隔"], 1)
    )
    assert cleaned(table).text == table


@pytest.mark.parametrize("line", ["2011", "2023", "12名", "3.5", "1,200"])
def test_years_and_amounts_are_no_page_numbers(line: str) -> None:
    text = "\n\n".join(f"{body * 2}\n\n{line}" for body in BODY)
    assert line in cleaned(text).text


def test_a_foot_of_two_pages_side_by_side_is_removed() -> None:
    made = cleaned(f"{BODY[0]}\n\n12 Annual Partnership Meeting 13Annual Partnership Meeting\n\n{BODY[1]}")
    assert "Annual" not in made.text


def test_pages_cover_the_text_and_know_their_numbers() -> None:
    made = cleaned(*(f"{body}\n- {number} -" for number, body in enumerate(BODY, 1)))
    assert [span.number for span in made.pages] == [1, 2, 3, 4]
    assert made.pages[0].start == 0 and made.pages[-1].end == len(made.text)
    assert all(BODY[span.number - 1] in made.text[span.start : span.end] for span in made.pages)


def test_a_sentence_that_goes_over_a_page_end_is_joined_across_its_number() -> None:
    lines = wrapped("".join(BODY[:3]), 60)
    made = cleaned("\n".join([*lines[:2], "- 1 -"]), "\n".join([*lines[2:], "- 2 -"]), f"{BODY[3]}\n- 3 -")
    assert "".join(BODY[:3]) in made.text
    assert made.pages[1].start == made.text.index(lines[2])
