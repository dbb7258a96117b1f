from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from vectorstore import static
from vectorstore.static import StaticModelError, load_static
from vectorstore.training.save import quantise, save_model
from vectorstore.training.tokenizer import learn_tokenizer

BUNDLED = Path(static.__file__).parent / "weights"
TEXTS = (
    "安全保障輸出管理について、大学における共同研究の利益相反を確認する。",
    "Universities must manage conflicts of interest in international research.",
    "ＡＩ分野の技術流出　ｶﾞｲﾄﾞﾗｲﾝ 2024年",
    "研究",
    "外国為替及び外国貿易法 (FEFA) 第25条" * 40,
)


def small_tokenizer() -> Tokenizer:
    return learn_tokenizer(TEXTS, 300)


def random_table(tokenizer: Tokenizer, dimension: int = 24) -> NDArray[np.float32]:
    shape = (tokenizer.get_vocab_size(), dimension)
    return np.random.default_rng(3).normal(size=shape).astype(np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tokenizer = small_tokenizer()
    save_model(tmp_path, tokenizer, random_table(tokenizer))
    return tmp_path


def test_vectors_equal_those_of_sentence_transformers(folder: Path) -> None:
    theirs = SentenceTransformer(str(folder), device="cpu").encode(list(TEXTS), normalize_embeddings=True)
    np.testing.assert_allclose(load_static(folder).encode(TEXTS), theirs, atol=1e-5)


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_a_plain_table_is_read_as_it_stands(folder: Path, kind: type[np.floating]) -> None:
    table = random_table(small_tokenizer()).astype(kind)
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    model = load_static(folder)
    assert model.token_vectors.dtype == np.float32
    np.testing.assert_array_equal(model.token_vectors, table.astype(np.float32))


def test_a_row_of_whole_numbers_is_within_half_a_scale_of_the_trained_one() -> None:
    table = random_table(small_tokenizer())
    table[1] = 0
    whole, scales = quantise(table)
    assert np.abs(whole * scales[:, None] - table).max() <= scales.max() * 0.501
    assert not (whole[1] * scales[1]).any()


def test_shape_type_and_length_of_the_vectors(folder: Path) -> None:
    model = load_static(folder)
    vectors = model.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), model.dimension) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert model.encode(()).shape == (0, model.dimension)


@pytest.mark.parametrize("text", ["", "   ", "。、!?", "\u3000\n"])
def test_a_text_without_tokens_is_the_unknown_token(folder: Path, text: str) -> None:
    model = load_static(folder)
    assert model.tokens(text) == (model.unknown,)
    vectors = model.encode(("研究", text, "研究"))
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_width_and_case_do_not_change_a_vector(folder: Path) -> None:
    half, full = load_static(folder).encode(("ai ガイドライン 2024", "ＡＩ ｶﾞｲﾄﾞﾗｲﾝ ２０２４"))
    np.testing.assert_array_equal(half, full)


def test_a_text_has_the_same_vector_alone_and_among_many(folder: Path) -> None:
    model = load_static(folder)
    many = model.encode([*TEXTS, ""] * 200)
    np.testing.assert_allclose(many[-3], model.encode(TEXTS[3:4])[0], atol=1e-6)
    assert len(many) == 1200


def test_the_fingerprint_follows_the_weights(folder: Path) -> None:
    before = load_static(folder).fingerprint
    assert load_static(folder).fingerprint == before
    save_file({"embedding.weight": random_table(small_tokenizer()) + 1}, folder / "model.safetensors")
    assert load_static(folder).fingerprint != before


def shorten_table(folder: Path) -> None:
    save_file({"embedding.weight": np.zeros((2, 4), np.float32)}, folder / "model.safetensors")


def rename_table(folder: Path) -> None:
    save_file({"other": np.zeros((2, 4), np.float32)}, folder / "model.safetensors")


def spoil_table(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"not a table")


def spoil_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")


def remove_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (shorten_table, "2 vectors for"),
        (rename_table, "no table"),
        (spoil_table, "not a readable"),
        (spoil_tokenizer, "not a readable tokenizer"),
        (remove_tokenizer, "no tokenizer.json"),
    ],
)
def test_a_broken_folder_is_refused_with_its_reason(
    folder: Path, harm: Callable[[Path], None], message: str
) -> None:
    harm(folder)
    with pytest.raises(StaticModelError, match=message):
        load_static(folder)


def test_the_bundled_model_is_small_complete_and_reads_alike_in_both_programs() -> None:
    size = sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file())
    assert size < 40_000_000
    ours = load_static(BUNDLED).encode(TEXTS)
    theirs = SentenceTransformer(str(BUNDLED), device="cpu").encode(list(TEXTS), normalize_embeddings=True)
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("export control", "輸出管理", "利益相反"),
        ("共同研究の利益相反", "conflicts of interest in joint research", "export of controlled technology"),
        (
            "When must a visiting student ask for a licence?",
            "外国からの学生の許可申請の時期",
            "情報漏洩の報告",
        ),
    ],
)
def test_the_bundled_model_crosses_the_two_languages(question: str, near: str, far: str) -> None:
    asked, right, wrong = load_static(BUNDLED).encode((question, near, far))
    assert asked @ right > asked @ wrong + 0.1
