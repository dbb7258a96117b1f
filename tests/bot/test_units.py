"""A passage becomes sentences and list entries; marks, noise and contact data stay out."""

from bot.extract.units import units
from ingest.types import Passage


def passage(text: str, *heading: str) -> Passage:
    return Passage("id", "a.md", "v", "題", heading, None, "ja", 0, len(text), text)


def test_every_unit_is_a_slice_of_its_passage() -> None:
    made = passage("研究データを管理する。\n- 第一の措置\n- 第二の措置\n2023年4月\n適用を開始")
    assert all(made.text[unit.start : unit.end] in unit.text for unit in units(made))


def test_list_marks_are_dropped_and_entries_share_a_list() -> None:
    found = units(passage("次の措置を行う：\n⚫ 規程を整備する\n⚫ 研修を行う\n⚫ 記録を残す"))
    assert [unit.kind for unit in found] == ["lead", "item", "item", "item"]
    assert found[0].leads == found[1].run == found[3].run and found[1].text == "規程を整備する"


def test_an_entry_with_entries_below_it_introduces_them() -> None:
    found = units(
        passage("1. 体制の整備\n⚫ 規程を定める\n⚫ 担当を置く\n2. 大学への支援\n⚫ 情報を共有する")
    )
    assert found[0].leads == found[1].run and found[3].leads == found[4].run
    assert found[0].run == found[3].run


def test_a_date_line_goes_with_the_lines_below_it() -> None:
    found = units(passage("2022年9月\n専門調査会を設置\n2名が参画\n2022年11月\n声明を発出"))
    assert [unit.text for unit in found] == [
        "2022年9月 専門調査会を設置",
        "2022年9月 2名が参画",
        "2022年11月 声明を発出",
    ]


def test_page_numbers_links_and_contact_data_of_persons_are_left_out() -> None:
    text = "12\nhttps://example.org/a\n連絡先 desk@example.org\n携帯電話：090-0000-0000\n相談は窓口で受け付ける。"
    assert [unit.text for unit in units(passage(text))] == ["相談は窓口で受け付ける。"]


def test_how_an_office_is_reached_is_a_unit_of_its_own_kind() -> None:
    text = "相談は窓口で受け付ける。\nTEL：03-0000-0000\n1-1 Kita, Tokyo 100-0000, Japan"
    assert [(unit.kind, unit.text) for unit in units(passage(text))][1:] == [
        ("contact", "TEL：03-0000-0000"),
        ("contact", "1-1 Kita, Tokyo 100-0000, Japan"),
    ]


def test_a_heading_in_the_text_is_known_as_one() -> None:
    found = units(passage("3 基本方針\n対策は差別につながってはならない。", "3 基本方針"))
    assert [unit.kind for unit in found] == ["heading", "sentence"]


def test_a_heading_with_a_number_in_it_is_no_sentence() -> None:
    heading = "MEXT, 18 December 2024 – 3. (1) New measures: trial and costs"
    text = f"{heading}\n\n- MEXT will first apply the measures as a trial."
    passage = Passage("id", "a.md", "1", "A", (heading,), None, "en", 0, len(text), text)
    assert [(unit.kind, unit.text) for unit in units(passage)][1:] == [
        ("item", "MEXT will first apply the measures as a trial.")
    ]
    assert units(passage)[0].kind == "heading"


def test_short_lines_below_a_colon_are_a_list() -> None:
    found = units(
        passage(
            "Priority areas for joint work:\n\nClimate\nPublic health\n\nThe office reports yearly to both sides."
        )
    )
    assert [unit.kind for unit in found] == ["lead", "item", "item", "sentence"]
    assert found[0].leads == found[1].run == found[2].run


def test_a_list_that_counts_from_one_again_is_another_list() -> None:
    found = units(passage("1. China 12\n2. Nepal 8\n\n1. France 7\n2. Spain 5"))
    assert found[0].run == found[1].run != found[2].run == found[3].run


def test_a_short_line_above_a_list_introduces_it() -> None:
    found = units(passage("Building the capacity to plan\n• A fund for headquarters\n• A network of offices"))
    assert [unit.kind for unit in found] == ["lead", "item", "item"]


def test_a_number_belongs_to_the_words_after_it() -> None:
    found = units(passage("Theme 2. Survey of substances that promote growth in ponds"))
    assert [unit.text for unit in found] == ["Theme 2. Survey of substances that promote growth in ponds"]


def test_a_span_of_years_is_no_telephone_number() -> None:
    assert len(units(passage("56% more joint publications in 2013-2022"))) == 1


def test_a_remark_in_brackets_is_not_to_be_read_alone() -> None:
    found = units(passage("学長が挨拶を述べた。\n（当日の録画による。）\n規程を整備する（別添のとおり）。"))
    assert [unit.whole for unit in found] == [True, False, True]
