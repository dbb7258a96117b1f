"""Terms of texts, the same on both sides of a search."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import ROOT
from vectorstore.words import normalise, stem, terms


def keys(text: str) -> set[str]:
    return {term.key for term in terms(text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("研究サーバーの引越し", "研究サーバの引っ越し"),
        ("ＲＵ１１の取組み", "RU11の取り組み"),
        ("セキュリティ", "セキュリティー"),
        ("ﾊﾟｰﾄﾅｰｼｯﾌﾟ", "パートナーシップ"),
        ("universities collaborated", "university collaborates"),
        ("312,214 students", "312214 students"),
        ("國立大學協會ノ聲明", "国立大学協会の声明"),
        ("經濟安全保障と學術硏究", "経済安全保障と学術研究"),
        ("契約の讓渡、髙橋", "契約の譲渡、高橋"),
    ],
)
def test_spellings_of_the_same_thing_share_their_terms(one: str, other: str) -> None:
    assert keys(one) & keys(other) == keys(other)


def test_grammar_is_left_out() -> None:
    assert keys("それはどのようにすればいいですか") <= {"如何"}
    assert keys("What is the and of it?") == set()


@pytest.mark.parametrize(
    "text",
    [
        "令和4年に公表",
        "令和四年に公表",
        "Ｒ４年度に公表",
        "R4.11.18公表",
        "2022年に公表",
        "published in 2022",
        "平成34年相当、2022年",
    ],
)
def test_an_era_year_is_found_by_its_calendar_year(text: str) -> None:
    assert "2022" in keys(text)


def test_a_word_that_the_dictionary_does_not_know_is_cut_into_bigrams_too() -> None:
    assert len(keys("ゾルペニカ症")) > 2


def test_an_abbreviation_with_figures_stays_whole() -> None:
    assert "ru11" in keys("RU11の会議")


def test_long_texts_pass_the_limit_of_the_tokenizer() -> None:
    assert len(terms("研究の安全を確保する。" * 8000)) > 8000


def test_threads_do_not_share_a_tokenizer() -> None:
    errors: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(50):
                terms("共同研究の協定を結ぶ")
        except Exception as error:  # the point of the test is that there is none
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


def test_small_helpers() -> None:
    assert normalise("ＭＥＸＴ 1,234") == "mext 1234"
    assert stem("partnerships") == "partnership"


def test_threads_do_not_stem_each_others_words() -> None:
    words = [
        f"{stem}{end}"
        for stem in ("relat", "nation", "collaborat", "regul")
        for end in ("ional", "ing", "ed", "ations")
    ]
    alone = {word: stem.__wrapped__(word) for word in words}

    def stems(_: int) -> list[bool]:
        return [stem.__wrapped__(word) == alone[word] for _ in range(300) for word in words]

    with ThreadPoolExecutor(8) as pool:
        assert all(all(same) for same in pool.map(stems, range(8)))


#: Eight threads that all cut their first text at the same moment; prints how often the dictionary is mapped.
FIRST_AT_ONCE = """
import threading
from pathlib import Path
from vectorstore.words import terms
together = threading.Barrier(9)
def cut():
    together.wait()
    assert [term.key for term in terms("研究データの管理")] == ["研究", "データ", "管理"]
    together.wait()
    together.wait()
for _ in range(8): threading.Thread(target=cut).start()
together.wait()
together.wait()  # all have cut, and none has ended
lines = Path("/proc/self/maps").read_text().splitlines()
together.wait()
print(sum(line.endswith("system.dic") for line in lines))
"""


def test_first_texts_at_once_share_one_dictionary() -> None:
    ran = subprocess.run([sys.executable, "-c", FIRST_AT_ONCE], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0 and ran.stdout.strip() == "1", ran.stderr
