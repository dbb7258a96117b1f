"""Words that a document hides are not read; words in unusual colours that one sees are."""

import pytest

from ingest.language import fold
from tests.faults import hidden
from tests.faults.hidden import HIDDEN, SEEN
from tests.ingest.makers import document_of

CASES = [
    *((".html", name, hidden.html_hiding) for name in hidden.HTML),
    *((".md", name, hidden.markdown_hiding) for name in hidden.MARKDOWN),
    *((".docx", name, hidden.docx_hiding) for name in hidden.DOCX),
    *((".pdf", name, hidden.pdf_hiding) for name in hidden.PDF),
]


def joined(suffix: str, data: bytes) -> str:
    document, passages = document_of(f"a{suffix}", data)
    return "".join(fold(" ".join((*p.heading, p.title, p.text, document.text))) for p in passages)


@pytest.mark.fault("A4")
@pytest.mark.parametrize(
    ("suffix", "name", "make"), CASES, ids=lambda one: one if isinstance(one, str) else ""
)
@pytest.mark.parametrize("words", HIDDEN, ids=("ja", "en"))
def test_hidden_words_are_in_no_passage(suffix: str, name: str, make, words: str) -> None:  # type: ignore[no-untyped-def]
    text = joined(suffix, make(name, words)).replace(" ", "")
    assert fold(words).replace(" ", "") not in text
    assert fold(SEEN[:20]).replace(" ", "") in text


@pytest.mark.fault("A4")
def test_what_was_left_out_is_in_the_report() -> None:
    document, _ = document_of("a.html", hidden.html_hiding("white by class", HIDDEN[0]))
    assert document.health.hidden == len(HIDDEN[0])
    assert "left out" in " ".join(document.health.findings)


@pytest.mark.fault("A4")
@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".pdf", hidden.white_on_blue()),
        (".docx", hidden.shaded_docx()),
        (".html", f"<meta charset=utf-8><style>h1{{color:#fff;background:#204}}</style><h1>白い見出し heading in white</h1><p>{SEEN}".encode()),
        (".html", f"<meta charset=utf-8><style>@media print{{p{{display:none}}}}</style><p>白い見出し heading in white</p><p>{SEEN}".encode()),
        (".html", f"<meta charset=utf-8><style>.t{{display:none}} .t.on{{display:block}}</style><p class='t on'>白い見出し heading in white</p><p>{SEEN}".encode()),
        (".html", f"<meta charset=utf-8><style>div{{font-size:0}} p{{font-size:16px}}</style><div><p>白い見出し heading in white</p></div><p>{SEEN}".encode()),
    ],
)  # fmt: skip
def test_what_one_sees_is_read(suffix: str, data: bytes) -> None:
    assert "白い見出しheadinginwhite" in joined(suffix, data).replace(" ", "")
