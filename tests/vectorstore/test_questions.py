"""The model that reads questions: what it says, that its program teaches such a model, and that numpy reads it as torch does."""

import lzma
import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Regex, Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel

from evals.matching import HELD_BACK, TUNING
from evals.matching import questions as measured_on
from ingest.language import language_of
from vectorstore import questions
from vectorstore.embedders import bundled_model
from vectorstore.questions import BATCH, LONGEST, QuestionModel, load_questions, read_questions
from vectorstore.training.questions.__main__ import build, go_on
from vectorstore.training.questions.alone import contrast
from vectorstore.training.questions.recipe import Recipe
from vectorstore.training.questions.sets import FILE, FURTHER, read_rows, read_sets
from vectorstore.training.questions.student import Shape, Student, first_table, pupil
from vectorstore.training.questions.teacher import Teacher, read_teacher
from vectorstore.training.questions.texts import tabled
from vectorstore.training.questions.together import joined

SAME = (
    ("研究室の合鍵は誰が管理していますか。", "ラボのスペアキーの管理者を教えてください"),
    ("How many rooms does the guest house have?", "What is the number of rooms in the guest house?"),
    ("客員研究員は夜間も図書館に入れますか。", "May a visiting researcher enter the library at night?"),
)
OTHER = (
    "研究室の合鍵はいつまでに返せばよいですか。",
    "How much does a room in the guest house cost?",
    "客員研究員は図書館の本を何冊借りられますか。",
)
TINY = replace(
    Recipe(),
    batch=16,
    steps=12,
    sets=8,
    set_rounds=0.02,
    pairs=16,
    pair_rounds=0.001,
    further_pairs=16,
    further_pair_rounds=0.001,
    further_sets=8,
    further_set_rounds=0.02,
    kept=8,
    nearest=4,
    judge=16,
)


@pytest.fixture(scope="module")
def model() -> QuestionModel:
    return load_questions()


@pytest.mark.parametrize(("asked", "other"), list(zip(SAME, OTHER, strict=True)))
def test_what_asks_the_same_is_nearer_than_what_keeps_the_words(
    model: QuestionModel, asked: tuple[str, str], other: str
) -> None:
    way, same = asked
    alone = model.alone([way, same, other])
    assert alone[0] @ alone[1] > alone[0] @ alone[2]
    near, far = model.together([(way, same), (way, other)])
    assert near > far


def test_a_question_is_read_alike_in_every_company(model: QuestionModel) -> None:
    texts = [text for pair in SAME for text in pair] * BATCH
    vectors = model.alone(texts)
    np.testing.assert_allclose(vectors, np.vstack([model.alone([text]) for text in texts]), atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    pairs = list(product(texts[:4], texts[:6]))
    odds = np.concatenate([model.together([pair]) for pair in pairs])
    np.testing.assert_allclose(model.together(pairs), odds, atol=1e-3)


def test_the_models_folder_is_small_and_complete() -> None:
    folder = Path(questions.__file__).parent / questions.FOLDER
    names = {path.name for path in folder.iterdir()}
    assert names == {questions.TOKENS, questions.ALONE, questions.TOGETHER, "README.md"}
    assert sum(path.stat().st_size for path in folder.iterdir()) < 42_000_000


def test_whatever_is_asked_has_a_vector_of_length_one(model: QuestionModel) -> None:
    for text in ("", "?!", "あ" * 4_000, "\0", "𠮷野家"):
        assert np.linalg.norm(model.alone([text])) == pytest.approx(1, abs=1e-4)
        assert np.isfinite(model.together([(text, "鍵は？"), ("鍵は？", text)])).all()
    assert model.alone([]).shape == (0, 384) and model.together([]).shape == (0,)


def test_of_a_long_text_the_end_is_read_where_the_question_stands(model: QuestionModel) -> None:
    story = "先週の会議で話が出たのですが、" * 40
    assert (model.alone([story + SAME[0][0]]) @ model.alone([story + OTHER[0]]).T).item() < 0.999
    assert LONGEST < len(model.tokenizer.encode(story).ids)


def test_near_misses_and_other_sets_are_pushed_away_and_what_asks_the_same_is_not() -> None:
    sets = read_sets(
        [("a", "variant", "鍵は？", "The key?"), ("a", "near miss", "錠は？", "The lock?"), ("b", "variant", "窓は？", "The window?")]
    )  # fmt: skip
    same, other = sets.pairs()
    assert {tuple(pair) for pair in same} == {(0, 1), (1, 0), (2, 3), (3, 2), (4, 5), (5, 4)}
    assert {tuple(sorted(pair)) for pair in other} == {(0, 2), (0, 3), (1, 2), (1, 3)}
    of, asks = torch.tensor(sets.of), torch.tensor(sets.asks)
    good = torch.eye(3)[[0, 0, 1, 1, 2, 2]]
    mixed = torch.eye(3)[[0, 0, 0, 0, 2, 2]]
    low, high = (float(contrast(vectors, of, asks, 0.05, 3.0)) for vectors in (good, mixed))
    assert low < 0.01 < high


def test_every_set_has_one_plain_question_three_others_and_two_near_misses() -> None:
    kinds: dict[str, list[str]] = {}
    for name, kind, ja, en in [*read_rows(FILE), *read_rows(FURTHER)]:
        kinds.setdefault(name, []).append(kind)
        assert language_of(ja) == "ja" and language_of(en) == "en"
    wanted = sorted(["variant", *["paraphrase"] * 3, *["near miss"] * 2])
    assert len(kinds) > 1_700 and all(sorted(found) == wanted for found in kinds.values())


def test_two_sets_of_one_name_are_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="one name: a"):
        read_sets([("a", "variant", "鍵は？", "The key?"), ("a", "variant", "窓は？", "The window?")])


def test_no_paraphrase_that_is_measured_is_learnt_from() -> None:
    every = [one for split in TUNING + HELD_BACK for one in measured_on(split)]
    measured = {one.text for one in every if one.kind == "paraphrase"}
    learnt = {text for _, _, *both in [*read_rows(FILE), *read_rows(FURTHER)] for text in both}
    assert measured and not measured & learnt


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A teacher of two layers that knows nothing, in a folder as sentence-transformers has it."""
    folder = tmp_path_factory.mktemp("teacher")
    words = {
        word: at
        for at, word in enumerate(["[UNK]", *"abcdefghijklmnopqrstuvwxyz", "who", "the", "key", "has"])
    }
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\w+"), behavior="removed", invert=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=96,
    )
    torch.manual_seed(0)
    BertModel(config, add_pooling_layer=False).save_pretrained(folder, safe_serialization=True)
    return folder


@pytest.fixture(scope="module")
def taught(teacher: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[torch.nn.Module]]:
    """The folder that the program writes for that teacher and a corpus of some lines, and what it saved."""
    folder = tmp_path_factory.mktemp("corpora")
    lines = [
        f"Who has the key of room {at}?\t{at}号室の鍵は誰が持っていますか。\tjsick\n" for at in range(40)
    ]
    with lzma.open(folder / "parallel_train.tsv.xz", "wt", encoding="utf-8") as file:
        file.writelines(lines)
    saved = build(folder, read_teacher(teacher), bundled_model(), folder / "out", TINY)
    return folder / "out", list(saved)


def test_what_the_program_teaches_is_read_with_numpy_as_torch_reads_it(
    taught: tuple[Path, list[torch.nn.Module]],
) -> None:
    folder, (alone, judge) = taught
    model = read_questions(folder, bundled_model().tokenizer)
    texts = [
        "Who has the key of room 3?",
        "部屋の鍵",
        "key",
        "鍵のことで伺います。" * 30,
        "One more key." * 40,
    ]
    table = tabled(model.tokenizer, texts, LONGEST, 48_000, torch.device("cpu"), end=True)
    places = torch.arange(len(texts))
    with torch.no_grad():
        vectors = alone.eval()(*table.at(places)).numpy()
        odds = judge.eval()(*joined(table, places, places.roll(1), 48_000)).numpy()
    np.testing.assert_allclose(model.alone(texts), vectors, atol=0.02)
    np.testing.assert_allclose(
        model.together(list(zip(texts, texts[-1:] + texts[:-1], strict=True))), odds, atol=0.02
    )


def test_the_last_stage_goes_on_from_what_is_in_the_folder(
    taught: tuple[Path, list[torch.nn.Module]], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(taught[0], tmp_path / "further"))
    student, judge = go_on(folder, bundled_model(), TINY)
    before, after = (read_questions(there, bundled_model().tokenizer) for there in (taught[0], folder))
    assert np.array_equal(before.table, after.table)
    texts = ["Who has the key of room 3?", "部屋の鍵"]
    table = tabled(after.tokenizer, texts, LONGEST, 48_000, torch.device("cpu"), end=True)
    places = torch.arange(2)
    with torch.no_grad():
        vectors = student.eval()(*table.at(places)).numpy()
        odds = judge.eval()(*joined(table, places, places.roll(1), 48_000)).numpy()
    np.testing.assert_allclose(after.alone(texts), vectors, atol=0.02)
    asked = after.together([(texts[0], texts[1]), (texts[1], texts[0])])
    np.testing.assert_allclose(asked, odds, atol=0.02)
    assert not np.array_equal(before.together([(texts[0], texts[1])]), asked[:1])
    assert not np.array_equal(before.alone(texts), after.alone(texts))
    kept = (before.alone(texts) * after.alone(texts)).sum(axis=1)
    assert (kept > 0.9).all(), "a few steps do not begin anew"


def test_layers_that_do_not_fit_are_not_passed_over() -> None:
    student = Student(Shape(1, 1, 16), torch.zeros(3, 32))
    layers = {name: values for name, values in student.bert.state_dict().items() if "word" not in name}
    student.take_over(layers)
    with pytest.raises(KeyError, match="encoder.layer.0.output.dense.bias"):
        student.take_over(
            {name: values for name, values in layers.items() if "output.dense.bias" not in name}
        )
    with pytest.raises(KeyError, match="other"):
        student.take_over(layers | {"other": torch.zeros(1)})


def test_the_student_begins_with_the_teachers_layers_over_words_that_it_knows(teacher: Path) -> None:
    theirs: Teacher = read_teacher(teacher)
    bundled = torch.randn(5, 8, generator=torch.Generator().manual_seed(1))
    table = first_table(theirs, bundled, ["[UNK]", "key", "who", "has", "鍵"])
    assert torch.equal(table[1], theirs.words[theirs.tokenizer.token_to_id("key")])
    student = pupil(theirs, table)
    name = "encoder.layer.1.output.dense.weight"
    assert torch.equal(student.bert.state_dict()[name], theirs.model.state_dict()[name])
    vectors = theirs.vectors(["Who has the key?", "the key"], torch.device("cpu"))
    np.testing.assert_allclose(np.linalg.norm(vectors.numpy(), axis=1), 1, atol=1e-5)


def test_without_its_folder_the_program_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--teacher"):
        read_teacher(tmp_path)
