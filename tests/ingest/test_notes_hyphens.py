"""Marks of notes fused with words, divided words, lost hyphens: repaired where the document proves it."""

import pytest

from ingest.edits import Draft, apply
from ingest.repairs import hyphens, notes


def after(text: str, *steps: object) -> str:
    draft = Draft(text)
    for step in steps or (notes.marks, hyphens.divided, hyphens.lost):
        draft = apply(draft, step(draft))  # type: ignore[operator]
    return draft.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("AX15の会議に提出した。\nAX15は十五大学の団体である。", None),
        (
            "AX151の会議に提出した。\nAX15の代表が出た。\n1 研究に重点を置く大学の団体である。",
            "AX15の会議に提出した。",
        ),
        ("部会1とともに示す。\n1 全国の大学からなる団体の部会である。", "部会とともに示す。"),
        (
            "The group1 met again. The group agreed.\n1 A group of eleven universities.",
            "The group met again.",
        ),
        (
            "They agreed.1 The text follows.\n1 See the record of the meeting.",
            "They agreed. The text follows.",
        ),
        ("第1の課題を示す。\n1 課題の一覧は別に示すものとする。", "第1の課題を示す。"),
        ("レベル1とレベル2を分ける。\n1 レベルの定義は別表のとおりとする。", "レベル1とレベル2を分ける。"),
        (
            "AX151の会議とAX151の総会。AX15のこと。\n1 研究に重点を置く大学の団体である。",
            "AX151の会議とAX151の総会。",
        ),
        ("CO2を減らす。\n1 気体の量を測った値である。\n2 別の気体の値も示してある。", "CO2を減らす。"),
        ("2名が参加した。\n1 参加者の一覧は別に示す。\n2 名簿は別に保管している。", "2名が参加した。"),
    ],
)
def test_digit_marks(text: str, wanted: str | None) -> None:
    found = after(text, notes.marks)
    assert found == text if wanted is None else found.startswith(wanted)


ROMAN = (
    "The campus closed after some years of decline.i It reopened later under a loanii of the state. "
    "The institutionsiii agreed. Institutions differ, and loans are many.\n"
)


def test_roman_marks_go_if_a_note_and_their_order_prove_them() -> None:
    wanted = (
        ROMAN.replace("decline.i", "decline.")
        .replace("loanii", "loan")
        .replace("institutionsiii", "institutions")
    )
    assert (
        after(ROMAN + "iii Translated by the office.", notes.marks)
        == wanted + "iii Translated by the office."
    )


@pytest.mark.parametrize(
    "text",
    [
        ROMAN,
        ROMAN + "iv Another note that has no mark in the text.",
        "Hanoi and Hawaii sent delegates to Altai.\nii Translated from Japanese.",
    ],
)
def test_roman_letters_stay_without_proof(text: str) -> None:
    assert after(text, notes.marks) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("inter-\nnational offices and international work", "international offices and international work"),
        ("a long-\nterm plan; another long-term plan", "a long-term plan; another long-term plan"),
        ("the well-\nbeings of all; their well-being", "the well-beings of all; their well-being"),
        ("under-\nstand this", "understand this"),
        ("the Tokyo-\nOsaka line", "the Tokyo-Osaka line"),
        (
            "joint-\nresearch on joint research: joint work, research alone",
            "joint-research on joint research: joint work, research alone",
        ),
        ("2022-\n2023", "2022-\n2023"),
    ],
)
def test_divided_words(text: str, wanted: str) -> None:
    assert after(text, hyphens.divided) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "a longterm plan; long-term goals and long-term aid",
            "a long-term plan; long-term goals and long-term aid",
        ),
        ("the ABCXY institute (ABC-XY)", "the ABC-XY institute (ABC-XY)"),
        ("NorthSouth aid; North-South trade", "North-South aid; North-South trade"),
        ("in the postWorld War era, after the World War", "in the post-World War era, after the World War"),
        (
            "reform of the law; a re-form of clay; re-form again",
            "reform of the law; a re-form of clay; re-form again",
        ),
        ("online and on-line, on-line", "online and on-line, on-line"),
        ("a fastpaced world", "a fastpaced world"),
        ("an email or e-mail or e-mail", "an email or e-mail or e-mail"),
        ("policymaker and policymaker and policy-maker", "policymaker and policymaker and policy-maker"),
        ("Postgraduate and proActive", "Postgraduate and proActive"),
    ],
)
def test_lost_hyphens(text: str, wanted: str) -> None:
    assert after(text, hyphens.lost) == wanted
