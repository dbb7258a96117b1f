"""Questions as people type them: old characters, widths, mixed scripts, typos, era years, abbreviations. A small real library."""

from collections.abc import Iterator

import pytest

from tests.conftest import make_desk
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.search import load_blend, make_search
from vectorstore.types import Query, Search

STATEMENTS = {
    "janu.md": """# 国立大学協会の声明

## 公表
国立大学協会は、2022年11月18日に研究インテグリティに関する声明を公表した。

## 研修
会員の大学は、毎年度、すべての研究者に研修を行う。
""",
    "kyushu.md": """# Kyushu University partnerships

## Strategic partner
Kyushu University signed a strategic partnership with a university in Illinois in 2021.

## Stockholm
The Stockholm office of Kyushu University supports exchange with Sweden.
""",
    "mext.md": """# 文部科学省の方針

## 相談窓口
文部科学省は、大学のための相談窓口を設ける。

## 輸出管理
大学は、安全保障輸出管理の責任者を置く。
""",
    "ucl.md": """# University College London in Japan

## History
Several Japanese students came to University College London in the nineteenth century.

## Language
University College London leads a hub for language teaching.
""",
}


@pytest.fixture(scope="module")
def search(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, glossary: Glossary
) -> Iterator[Search]:
    desk = make_desk(tmp_path_factory.mktemp("queries"), embedder, glossary)
    for name, text in STATEMENTS.items():
        (desk.folder / name).write_text(text, "utf-8")
    assert not desk.sync().failed
    library = desk.open()
    yield make_search(library.edition(), embedder, glossary, load_blend())
    library.close()


@pytest.mark.parametrize(
    ("question", "source", "words"),
    [
        ("國立大學協會の聲明はいつ公表されたか", "janu.md", "2022"),
        ("国大協は令和4年に何を公表したか", "janu.md", "声明"),
        ("R4年の国大協の声明", "janu.md", "声明"),
        ("When did JANU publish its statement?", "janu.md", "2022"),
        ("ＪＡＮＵ　声明", "janu.md", "声明"),
        ("kokudaikyoの声明", "janu.md", "声明"),
        ("文科省の相談窓口", "mext.md", "相談窓口"),
        ("Where can universities ask MEXT for advice?", "mext.md", "相談窓口"),
        ("ﾕｼｭﾂｶﾝﾘの責任者", "mext.md", "輸出管理"),
        ("輪出管理の責任者", "mext.md", "輸出管理"),
        ("九大はイリノイの大学とどんな協定を結んだか", "kyushu.md", "Illinois"),
        ("Kyudai strategic partnership", "kyushu.md", "Illinois"),
        ("stratgic partnershp with Ilinois", "kyushu.md", "Illinois"),
        ("慶應と九州大學の協力", "kyushu.md", "Kyushu"),
        ("九大のストックホルム事務所", "kyushu.md", "Stockholm"),
        ("UCLに留学した日本人学生", "ucl.md", "Japanese students"),
        ("ＵＣＬの語学教育", "ucl.md", "language"),
        ("研究データの持ち出しの承人", "policy.md", "承認"),
        ("aprovel to take reserch data out", "policy.md", "承認"),
    ],
)
def test_a_question_finds_its_passage_however_it_is_typed(
    search: Search, question: str, source: str, words: str
) -> None:
    hit = search(Query(question, 1))[0]
    assert (hit.passage.source, words in hit.passage.text) == (source, True)
