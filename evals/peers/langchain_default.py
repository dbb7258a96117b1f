"""LangChain's default pipeline: chunks of 1,000 characters, 200 shared, MiniLM, langchain_chroma."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.peers.types import BenchPassage, Encode, Find, Peer, first_rows

_SIZE, _OVERLAP = 1000, 200
#: Chunks fetched per passage asked for, so that a passage of several chunks crowds out no other.
_CHUNKS = 3


class _MiniLM(Embeddings):
    """The model behind LangChain's interface."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def make(encode: Encode) -> Peer:
    """The pipeline around a loaded model."""
    embeddings = _MiniLM(encode)

    def build(passages: Sequence[BenchPassage], folder: Path) -> None:
        documents = [
            Document(page_content=passage.text, metadata={"row": row, "title": passage.title})
            for row, passage in enumerate(passages)
        ]
        splitter = RecursiveCharacterTextSplitter(chunk_size=_SIZE, chunk_overlap=_OVERLAP)
        chunks = splitter.split_documents(documents)
        Chroma.from_documents(chunks, embeddings, persist_directory=str(folder))

    @contextmanager
    def open_folder(folder: Path) -> Iterator[Find]:
        store = Chroma(persist_directory=str(folder), embedding_function=embeddings)

        def find(question: str, k: int) -> list[int]:
            chunks = store.similarity_search(question, k=_CHUNKS * k)
            return first_rows([int(chunk.metadata["row"]) for chunk in chunks], k)

        yield find

    return Peer("langchain", build, open_folder)
