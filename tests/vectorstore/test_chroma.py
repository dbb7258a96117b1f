"""Chroma behind one class: embedded for real, and a real server on loopback."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vectorstore.chroma import BREADTHS, Breadth, Collection, parse_place, private_copy
from vectorstore.embedders import Embedder
from vectorstore.kept import altered_rows, lost_rows
from vectorstore.types import StoreError, StoreUnavailable, Vectors
from vectorstore.write import _filled, _write_chroma


def unit(count: int, dimension: int = 32) -> Vectors:
    made = np.random.default_rng(7).normal(size=(count, dimension)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("text", "kind", "host", "port"),
    [
        ("", "folder", "", 0),
        ("/srv/chroma", "folder", "", 0),
        ("http://127.0.0.1:8123", "server", "127.0.0.1", 8123),
        ("https://localhost", "server", "localhost", 443),
        ("cloud", "cloud", "", 0),
    ],
)
def test_places(text: str, kind: str, host: str, port: int) -> None:
    place = parse_place(text)
    assert (place.kind, place.host, place.port) == (kind, host, port)


def test_a_server_on_another_machine_must_be_allowed_by_name() -> None:
    with pytest.raises(StoreError, match="DESK_CHROMA_ALLOW=vectors.example"):
        parse_place("http://vectors.example:8000")
    assert parse_place("http://vectors.example:8000", ["vectors.example"]).host == "vectors.example"


def test_every_vector_finds_itself_after_reopening_a_copy(tmp_path: Path) -> None:
    vectors, place = unit(700), parse_place("")
    made = Collection.create(place, tmp_path / "sealed", "desk-test")
    made.add(vectors)
    made.close()
    copy = private_copy(tmp_path / "sealed", tmp_path / "own" / "chroma")
    opened = Collection.open(place, copy, "desk-test")
    assert opened.count() == 700
    assert lost_rows(opened, vectors) == []
    rows, cosines = opened.query(vectors[3], 5)
    assert rows[0] == 3 and cosines[0] == pytest.approx(1, abs=1e-4)
    opened.close()


def test_a_lost_vector_is_noticed(tmp_path: Path) -> None:
    vectors = unit(50)
    made = Collection.create(parse_place(""), tmp_path / "c", "desk-test")
    made.add(vectors[:-1])
    assert lost_rows(made, vectors) == [49]
    made.close()


def test_a_vector_that_is_not_finite_is_refused(tmp_path: Path) -> None:
    made = Collection.create(parse_place(""), tmp_path / "c", "desk-test")
    made.add(unit(3))
    with pytest.raises(ValueError, match="finite"):
        made.query(np.full(32, np.nan, np.float32), 1)
    made.close()


def test_a_missing_collection_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Collection.open(parse_place(""), tmp_path / "none", "desk-none")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Chroma server of its own on a free port of loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [
        str(Path(sys.executable).with_name("chroma")),
        "run",
        "--path",
        str(folder),
        "--host",
        "127.0.0.1",
    ]
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(150):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def test_a_server_behaves_as_a_folder_does(server: str, tmp_path: Path) -> None:
    vectors, place = unit(60), parse_place(server)
    made = Collection.create(place, tmp_path, "desk-server")
    made.add(vectors)
    opened = Collection.open(place, tmp_path, "desk-server")
    assert opened.count() == 60 and lost_rows(opened, vectors) == []
    opened.drop()
    with pytest.raises(StoreError):
        Collection.open(place, tmp_path, "desk-server")


def test_a_server_that_is_down_is_said_to_be_so(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(StoreUnavailable):
        Collection.open(parse_place(f"http://127.0.0.1:{port}"), tmp_path, "desk-x")


def test_vectors_that_are_missing_or_altered_are_noticed(tmp_path: Path) -> None:
    vectors = unit(40)
    made = Collection.create(parse_place(""), tmp_path / "c", "desk-test")
    made.add(vectors[:-1])
    assert altered_rows(made, vectors) == [39]
    other = vectors.copy()
    other[7] = vectors[8]
    assert altered_rows(made, other) == [7, 39]
    made.close()


def test_a_settled_collection_searches_with_a_wide_view_once_it_is_opened_again(tmp_path: Path) -> None:
    """1,500 unclustered vectors are hard on an approximate index: the narrow view misses more neighbours than the wide."""
    vectors = unit(1500, 256)
    made = Collection.create(parse_place(""), tmp_path / "c", "desk-test")
    made.add(vectors)
    assert lost_rows(made, vectors) == [] and altered_rows(made, vectors) == []

    def missed(collection: Collection) -> int:
        exact = np.argsort(-(vectors[:400] @ vectors.T), axis=1)[:, :30]
        found = collection.query_many(vectors[:400], 30)
        return sum(len(set(want) - set(rows)) for want, (rows, _) in zip(exact, found, strict=True))

    narrow = missed(made)
    made.settle()
    made.close()
    opened = Collection.open(parse_place(""), tmp_path / "c", "desk-test")
    assert 4 * missed(opened) < narrow
    opened.close()


def test_clauses_that_are_nearly_alike_are_all_found_in_a_wider_index(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = Breadth(4, 4, 2)
    monkeypatch.setattr("vectorstore.write.BREADTHS", (narrow, *BREADTHS[1:]))
    texts = [
        f"第{n}条 様式{n}\n様式{n}は第{n * 7 % 997}課が保管し、{n}日以内に届け出るものとする。"
        + "国際共同研究の開始前に確認を要する。" * (n % 9)
        for n in range(1_100)
    ]
    vectors, place = embedder.passages(texts), parse_place("")
    assert _filled(tmp_path / "narrow", "x", place, vectors, narrow)
    name = _write_chroma(tmp_path / "edition", "x", place, vectors)
    opened = Collection.open(place, private_copy(tmp_path / "edition" / "chroma", tmp_path / "own"), name)
    assert opened.count() == len(texts) and lost_rows(opened, vectors) == []
    opened.close()
