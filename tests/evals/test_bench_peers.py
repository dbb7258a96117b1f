"""Every system of the bench on six passages; counted letters stand in for the English model."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.peers import PEERS, Entry, missing_packages
from evals.peers.desk import shelved
from evals.peers.memory import Memory
from evals.peers.types import BenchPassage, Encode, Peer
from tests.evals.bench_data import PASSAGES

#: Imports of other people's packages warn about themselves.
pytestmark = pytest.mark.filterwarnings("ignore")


def count_letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors of 512 buckets of character trigrams."""
    table = np.zeros((len(texts), 512), np.float32)
    for row, text in enumerate(texts):
        for at in range(max(len(text) - 2, 1)):
            table[row, crc32(text[at : at + 3].lower().encode()) % 512] += 1
    return np.asarray(table / np.linalg.norm(table, axis=1, keepdims=True), np.float32)


def _make(entry: Entry, encode: Encode = count_letters) -> Peer:
    if missing := missing_packages(entry):
        pytest.skip(f"not installed: {', '.join(missing)}")
    make: Callable[..., Peer] = import_module(f"evals.peers.{entry.module}").make
    return make(encode) if entry.minilm else make()


@pytest.mark.parametrize("name", PEERS)
def test_a_system_finds_a_passage_by_its_words(name: str, tmp_path: Path) -> None:
    peer = _make(PEERS[name])
    peer.build(PASSAGES, tmp_path)
    with peer.open(tmp_path) as find:
        assert find("Partnership agreements are reviewed", 3)[0] == 3
        found = find("利益相反の申告書は、毎年四月に研究推進課へ提出してください。", 6)
    assert found[0] == 1 and len(found) == len(set(found))
    assert peer.name == name


@pytest.mark.parametrize("name", PEERS)
def test_a_system_opens_what_was_built_before(name: str, tmp_path: Path) -> None:
    entry = PEERS[name]
    _make(entry).build(PASSAGES, tmp_path)
    with _make(entry).open(tmp_path) as find:
        assert find("Joint degree programmes need approval", 1) == [5]


@pytest.mark.parametrize("name", ["bm25-spaces", "bm25-bigrams", "bm25-words"])
def test_a_keyword_system_finds_nothing_where_no_word_is_shared(name: str, tmp_path: Path) -> None:
    peer = _make(PEERS[name])
    peer.build(PASSAGES, tmp_path)
    with peer.open(tmp_path) as find:
        assert find("ΩΩΩ", 5) == []


def test_a_long_passage_of_several_chunks_is_one_result(tmp_path: Path) -> None:
    peer = _make(PEERS["langchain"])
    peer.build((BenchPassage("gift " * 900, "en"), *PASSAGES), tmp_path)
    with peer.open(tmp_path) as find:
        assert find("gift gift", 3).count(0) == 1


def test_passages_of_one_document_stand_in_it_and_keep_their_rows() -> None:
    second = BenchPassage("技術提供の例です。", "ja", PASSAGES[0].title, PASSAGES[0].document)
    documents = shelved((*PASSAGES, second))
    assert [[one.id for one in item.passages] for item in documents] == [
        ["0", "6"],
        *([str(n)] for n in range(1, 6)),
    ]
    assert documents[0].document.record.title_ja == PASSAGES[0].title
    for one in documents[0].passages:
        assert documents[0].document.text[one.start : one.end] == one.text


def test_a_package_that_is_not_there_is_named() -> None:
    assert missing_packages(Entry("x", "x", ("json", "no_such_package"))) == ("no_such_package",)


def test_memory_embeds_a_text_once_also_after_a_restart(tmp_path: Path) -> None:
    seen: list[str] = []

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        seen.extend(texts)
        return count_letters(texts)

    memory = Memory()
    wrapped = memory.wrap(encode)
    both = wrapped(["輸出管理", "gift", "輸出管理"])
    assert np.array_equal(both, count_letters(["輸出管理", "gift", "輸出管理"]))
    memory.save(tmp_path)
    later = Memory()
    later.load(tmp_path)
    assert np.array_equal(later.wrap(encode)(["gift"])[0], both[1])
    assert seen == ["輸出管理", "gift"] and (memory.encoded, later.encoded) == (2, 0)
