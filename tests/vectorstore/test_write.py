"""What of a passage goes into the term index, read once."""

from types import SimpleNamespace
from typing import Any

from vectorstore.glossary import load_glossary
from vectorstore.write import NEAR, passage_terms


def near_of(*texts: str) -> list[set[str]]:
    """The keys of the terms near each passage of one document."""
    document: Any = SimpleNamespace(passages=[SimpleNamespace(text=text) for text in texts])
    return [{term.key for term in near} for _, near in passage_terms([document], load_glossary())]


def test_the_end_of_the_passage_before_is_near_whole_words_of_it() -> None:
    long = "出張 " + "旅費の規程。" * (NEAR // 6) + "宿泊の上限を定める。"
    first, second = near_of(long, "次の段落。")
    assert first == set()
    assert {"宿泊", "上限"} <= second
    assert "出張" not in second


def test_a_short_passage_is_near_as_a_whole() -> None:
    assert {"旅費", "規程"} <= near_of("旅費、規程。", "次の段落。")[1]


def test_the_bodies_named_in_the_passages_before_are_near() -> None:
    university = load_glossary().terms("九州大学")[0].key
    *_, last = near_of("九州大学の協力分野。" + "あ" * NEAR, "第一に教育。" + "い" * NEAR, "第二に研究。")
    assert university in last


def test_every_term_of_a_passage_is_its_own_wherever_it_was_cut() -> None:
    text = "The advisory desk gives advice. " * 9 + "Research security comes first."
    document: Any = SimpleNamespace(passages=[SimpleNamespace(text=text)])
    ((body, _),) = passage_terms([document], load_glossary())
    keys = [term.key for term in body]
    assert keys.count("advic") == 9
    assert keys.count("first") == 1
    assert load_glossary().terms("research security")[0].key in keys
