"""A question that its sources do not bear out, and sources that do not agree, are pointed out."""

from bot.extract.evidence import Evidence, gather
from bot.extract.premise import remarks
from bot.extract.reading import Writing
from bot.types import Citation, Quote
from ingest.types import Language, Passage, Record
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.types import Hit

RECORD = Record("r", "報告", "Report", "編集部", "Editors", date="2021")


def laid_out(
    question: str, texts: list[str], language: Language, tools: Writing
) -> tuple[Evidence, list[Citation]]:
    passages = [
        Passage(f"p{n}", "a.md", "v", "t", (), None, language, 0, len(t), t) for n, t in enumerate(texts)
    ]
    hits = tuple(Hit(passage, RECORD, 1.0) for passage in passages)
    quotes = [Quote(passage, RECORD, 0, len(passage.text)) for passage in passages]
    return gather(question, hits, tools), [Citation(n, quote) for n, quote in enumerate(quotes, start=1)]


def said(question: str, texts: list[str], language: Language, embedder: Embedder, glossary: Glossary) -> str:
    tools = Writing(embedder, glossary, lambda key: 3.0)
    evidence, citations = laid_out(question, texts, language, tools)
    return "\n".join(remarks(evidence, citations, language))


def test_a_wrong_year_is_corrected(embedder: Embedder, glossary: Glossary) -> None:
    text = "The Karasu Institute was founded in 2009 in the north of the island."
    note = said("The Karasu Institute was founded in 2012, right?", [text], "en", embedder, glossary)
    assert "2012" in note and "2009" in note


def test_a_right_year_is_not_remarked_on(embedder: Embedder, glossary: Glossary) -> None:
    text = "カラス研究所は2009年に設立された。"
    assert said("カラス研究所は2009年に設立されたのですか", [text], "ja", embedder, glossary) == ""


def test_two_years_for_one_thing_are_a_conflict(embedder: Embedder, glossary: Glossary) -> None:
    texts = ["カラス研究所は2009年に設立された。", "カラス研究所は2010年に設立された。"]
    note = said("カラス研究所の設立年は？", texts, "ja", embedder, glossary)
    assert "2009年" in note and "2010年" in note and "一致していません" in note


def test_years_of_other_things_are_no_conflict(embedder: Embedder, glossary: Glossary) -> None:
    texts = ["The Karasu Institute was founded in 2009.", "Its library moved to another town in 2015."]
    assert said("When was the Karasu Institute founded?", texts, "en", embedder, glossary) == ""


def test_an_event_of_the_same_body_without_the_thing_asked_for_is_no_conflict(
    embedder: Embedder, glossary: Glossary
) -> None:
    texts = ["カラス研究所の北の分校は2017年に開かれた。", "カラス研究所は1970年に北の町との交流を始めた。"]
    assert said("カラス研究所の北の分校はいつできましたか", texts, "ja", embedder, glossary) == ""


def test_of_several_years_in_a_sentence_the_one_beside_the_name_counts(
    embedder: Embedder, glossary: Glossary
) -> None:
    texts = [
        "In 2012 the Karasu Institute of Marine Research and Technology was founded.",
        "Two were founded on the islands: the Bekko Institute in 2010, and the Karasu Institute of Marine Research "
        "and Technology in 2011.",
    ]
    question = "When was the Karasu Institute of Marine Research and Technology founded?"
    note = said(question, texts, "en", embedder, glossary)
    assert "2012" in note and "2011" in note and "2010" not in note


def test_a_reference_in_brackets_dates_nothing(embedder: Embedder, glossary: Glossary) -> None:
    texts = [
        "The Karasu Institute was founded in 2009 (Okubo, 2015).",
        "The Karasu Institute was founded in 2009.",
    ]
    assert said("When was the Karasu Institute founded?", texts, "en", embedder, glossary) == ""


def test_a_claim_against_a_negated_source_is_pointed_out(embedder: Embedder, glossary: Glossary) -> None:
    text = "The measures must not lead to any form of discrimination."
    note = said("Why do the measures allow discrimination?", [text], "en", embedder, glossary)
    assert "other way round" in note


def test_two_events_of_one_timeline_are_no_conflict(embedder: Embedder, glossary: Glossary) -> None:
    timeline = "2022年6月\nカラス研究所が原則を公表\n2023年5月\nカラス研究所が事例集を公表"
    assert said("カラス研究所が公表したのはいつですか", [timeline], "ja", embedder, glossary) == ""
