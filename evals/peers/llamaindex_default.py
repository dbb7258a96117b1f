"""LlamaIndex's default: VectorStoreIndex, its sentence splitter and in-memory store, all-MiniLM-L6-v2."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from llama_index.core import Document, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.embeddings import BaseEmbedding
from pydantic import PrivateAttr

from evals.peers.types import BenchPassage, Encode, Find, Peer, first_rows

#: Chunks fetched per passage asked for, so that a passage of several chunks crowds out no other.
_CHUNKS = 3


class _MiniLM(BaseEmbedding):
    """The model behind LlamaIndex's interface, with the batch size that LlamaIndex sets."""

    _encode: Encode = PrivateAttr()

    def __init__(self, encode: Encode, **fields: Any) -> None:
        super().__init__(model_name="all-MiniLM-L6-v2", **fields)
        self._encode = encode

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encode(texts).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


def _document(row: int, passage: BenchPassage) -> Document:
    """LlamaIndex embeds metadata with the text; the row number is kept out of that."""
    title = {"title": passage.title} if passage.title else {}
    hidden = ["row"]
    return Document(
        text=passage.text,
        metadata={"row": row, **title},
        excluded_embed_metadata_keys=hidden,
        excluded_llm_metadata_keys=hidden,
    )


def make(encode: Encode) -> Peer:
    """The pipeline around a loaded model."""
    embedding = _MiniLM(encode)

    def build(passages: Sequence[BenchPassage], folder: Path) -> None:
        documents = [_document(row, passage) for row, passage in enumerate(passages)]
        index = VectorStoreIndex.from_documents(documents, embed_model=embedding, show_progress=False)
        index.storage_context.persist(persist_dir=str(folder))

    @contextmanager
    def open_folder(folder: Path) -> Iterator[Find]:
        storage = StorageContext.from_defaults(persist_dir=str(folder))
        index = load_index_from_storage(storage, embed_model=embedding)

        def find(question: str, k: int) -> list[int]:
            nodes = index.as_retriever(similarity_top_k=_CHUNKS * k).retrieve(question)
            return first_rows([int(node.metadata["row"]) for node in nodes], k)

        yield find

    return Peer("llamaindex", build, open_folder)
