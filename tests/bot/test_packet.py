"""Evidence packets: a fresh one passes, every edit is named, and what is no packet is refused in words."""

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.ask import Bot
from bot.model.attempt import Model
from bot.packet.hashes import hash_of, hashes_of, key_name, seal_of
from bot.packet.key import KeyFile
from bot.packet.parse import LARGEST, parse
from bot.packet.types import PacketError, Report
from ingest.catalogue import load_catalogue
from tests.bot.making import saying
from tests.conftest import POLICY, Desk
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.search import load_blend, make_search
from vectorstore.types import StoreError

QUESTION = "研究データを学外に持ち出すには誰の承認が必要ですか。承認の有効期間は何日ですか。"
Edit = Callable[[Any], object]


def bot_on(
    desk: Desk, embedder: Embedder, glossary: Glossary, key: Path, model: Model | None = None
) -> Iterator[Bot]:
    """A desk that answers from a library, as the commands put it together."""
    library = desk.open()
    weights = load_blend()
    yield Bot(
        library,
        lambda edition: make_search(edition, embedder, glossary, weights),
        embedder,
        glossary,
        model,
        key=KeyFile(key),
    )
    library.close()


@pytest.fixture(scope="module")
def bot(
    ingested: Desk, embedder: Embedder, glossary: Glossary, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bot]:
    yield from bot_on(ingested, embedder, glossary, tmp_path_factory.mktemp("keys") / "packet.key")


@pytest.fixture(scope="module")
def fresh(bot: Bot) -> bytes:
    return bot.packet(bot.ask(QUESTION))


def edited(packet: bytes, edit: Edit) -> Any:
    value = json.loads(packet)
    edit(value)
    return value


def as_file(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def hashed_anew(value: Any, key: bytes = b"") -> Any:
    """What someone who edits carefully does: every hash fits again, and the seal stays or is of another key."""
    value["hashes"] = hashes_of(value)
    value["hash"] = hash_of(value["hashes"])
    if key:
        value["seal"] = dict(seal_of(value["hash"], key))
    return value


def told(report: Report) -> dict[str, set[str]]:
    """Kind -> the places that findings of this kind name."""
    found: dict[str, set[str]] = {}
    for finding in report.findings:
        assert finding.ja and finding.en and "{" not in finding.ja + finding.en
        found.setdefault(finding.kind, set()).add(finding.place)
    return found


def test_a_fresh_packet_passes_and_says_all_in_both_languages(bot: Bot, fresh: bytes) -> None:
    assert bot.verify(fresh).status == "intact" and not bot.verify(fresh).findings
    packet = parse(fresh)
    english, japanese = ("\n".join(packet["readable"][language]) for language in ("en", "ja"))
    for words in (QUESTION, packet["edition"]["name"], *(part["quote"] for part in packet["citations"])):
        assert words in english and words in japanese
    assert "supported by what it cites" in english and "Guideline; In force" in english
    assert "引用文で裏付け済み" in japanese and "みずほ平大学" in japanese and "2023年4月1日" in japanese


def test_every_span_is_exact_in_the_cleaned_and_in_the_raw_text(bot: Bot, fresh: bytes) -> None:
    packet = parse(fresh)
    assert packet["citations"]
    for part in packet["citations"]:
        document = bot.document(part["document"])
        assert document and document.text[part["start"] : part["end"]] == part["quote"]
        raw = document.raw[part["raw_start"] : part["raw_end"]]
        assert [line.strip("- ") for line in raw.split()] == [
            line.strip("- ") for line in part["quote"].split()
        ]


def test_a_refusal_has_a_packet_too(bot: Bot) -> None:
    answer = bot.ask("What is the capital of Peru and its population?")
    assert answer.status == "refused"
    data = bot.packet(answer)
    assert bot.verify(data).status == "intact"
    assert answer.reason.splitlines()[0] in parse(data)["readable"]["en"]


def test_a_models_answer_names_the_model_and_the_prompts_that_it_was_given(
    ingested: Desk, embedder: Embedder, glossary: Glossary, tmp_path: Path
) -> None:
    model = Model("openai:small", saying("承認の有効期間は90日である。[1]"))
    for bot in bot_on(ingested, embedder, glossary, tmp_path / "packet.key", model):
        answer = bot.ask(QUESTION)
        packet = bot.packet(answer)
        assert answer.model == "openai:small" and bot.verify(packet).status == "intact"
        assert set(parse(packet)["model"]["prompts"]) == {"answer.ja.md", "condense.ja.md"}
        assert any("openai:small" in line for line in parse(packet)["readable"]["en"])
        forged = edited(packet, put("model", "prompts", "answer.ja.md")("0" * 64))
        assert "model.prompts.answer.ja.md" in told(bot.verify(as_file(forged)))["altered"]


def put(*path: Any) -> Callable[[Any], Edit]:
    """An edit that puts a value at a path."""

    def with_value(new: Any) -> Edit:
        def edit(packet: Any) -> None:
            at = packet
            for name in path[:-1]:
                at = at[name]
            at[path[-1]] = new(at[path[-1]]) if callable(new) else new

        return edit

    return with_value


#: What is done -> (the edit, the place that is named, the place that is named although all hashes were made anew).
#: The second is the seal alone where nothing but the seal can tell.
TAMPERINGS: dict[str, tuple[Edit, str, str]] = {
    "question": (put("question")("誰でも持ち出せますか"), "question", "readable"),
    "stand-alone question": (put("query")("x"), "query", "readable"),
    "language": (put("language")("en"), "language", "seal"),
    "status": (put("status")("refused"), "status", "status"),
    "whole text": (put("text")("持ち出してよい。"), "text", "text"),
    "reason": (put("reason")("なし"), "reason", "readable"),
    "remark": (put("notes", 0)("首相によれば、"), "notes.0", "readable"),
    "remark dropped": (lambda p: p["notes"].clear(), "notes.0", "readable"),
    "confidence": (put("confidence")(1.0), "confidence", "seal"),
    "time": (put("created")("2020-01-01T00:00:00+00:00"), "created", "readable"),
    "statement": (put("statements", 0, "text")("承認は不要である。"), "statements.0.text", "text"),
    "statement dropped": (lambda p: p["statements"].pop(0), "statements.0.text", "text"),
    "verdict": (put("statements", 0, "verdict")("partly"), "statements.0.verdict", "statements.0.verdict"),
    "reason of a verdict": (put("statements", 0, "why")("よい"), "statements.0.why", "statements.0.why"),
    "what a statement cites": (
        put("statements", 0, "citations")([9]),
        "statements.0.citations.0",
        "statements.0.citations",
    ),
    "start": (put("citations", 0, "start")(lambda n: n + 1), "citations.0.start", "citations.0.quote"),
    "end": (put("citations", 0, "end")(lambda n: n - 1), "citations.0.end", "citations.0.quote"),
    "end far outside": (put("citations", 0, "end")(10**9), "citations.0.end", "citations.0.start"),
    "negative start": (put("citations", 0, "start")(-5), "citations.0.start", "citations.0.start"),
    "raw start": (put("citations", 0, "raw_start")(0), "citations.0.raw_start", "citations.0.raw_start"),
    "raw end": (put("citations", 0, "raw_end")(5), "citations.0.raw_end", "citations.0.raw_end"),
    "quote": (
        put("citations", 0, "quote")("研究データは自由に持ち出してよい。"),
        "citations.0.quote",
        "citations.0.quote",
    ),
    "hash of the quote": (
        put("citations", 0, "quote_sha256")("0" * 64),
        "citations.0.quote_sha256",
        "citations.0.quote_sha256",
    ),
    "hash of the raw words": (
        put("citations", 0, "raw_sha256")("0" * 64),
        "citations.0.raw_sha256",
        "citations.0.raw_sha256",
    ),
    "number": (put("citations", 0, "n")(7), "citations.0.n", "citations"),
    "heading": (
        put("citations", 0, "heading")(["9. 例外"]),
        "citations.0.heading.0",
        "citations.0.heading",
    ),
    "page": (put("citations", 0, "page")(3), "citations.0.page", "citations.0.page"),
    "passage": (put("citations", 0, "passage")("0" * 16), "citations.0.passage", "citations.0.passage"),
    "end of the passage": (
        put("citations", 0, "passage_end")(lambda n: n + 1),
        "citations.0.passage_end",
        "citations.0.passage",
    ),
    "source of a citation": (
        put("citations", 0, "document")("note.md"),
        "citations.0.document",
        "citations.0.document",
    ),
    "source of a document": (put("documents", 0, "source")("x.md"), "documents.0.source", "documents.0"),
    "version": (put("documents", 0, "version")("0" * 16), "documents.0.version", "documents.0"),
    "length": (
        put("documents", 0, "characters")(1),
        "documents.0.characters",
        "documents.0.characters",
    ),
    "hash of the text": (
        put("documents", 0, "text_sha256")("0" * 64),
        "documents.0.text_sha256",
        "documents.0.text_sha256",
    ),
    "hash of the raw text": (
        put("documents", 0, "raw_sha256")("0" * 64),
        "documents.0.raw_sha256",
        "documents.0.raw_sha256",
    ),
    "issuer": (
        put("documents", 0, "record", "issuer_ja")("文部科学省"),
        "documents.0.record.issuer_ja",
        "documents.0.record.issuer_ja",
    ),
    "standing": (
        put("documents", 0, "record", "standing")("superseded"),
        "documents.0.record.standing",
        "documents.0.record.standing",
    ),
    "date": (
        put("documents", 0, "record", "date")("2026-04-01"),
        "documents.0.record.date",
        "documents.0.record.date",
    ),
    "document listed twice": (
        lambda p: p["documents"].append(p["documents"][0]),
        "documents.1.source",
        "documents",
    ),
    "edition": (put("edition", "name")("20990101T000000000000Z"), "edition.name", "readable"),
    "size of the edition": (put("edition", "passages")(999), "edition.passages", "edition.passages"),
    "embedder": (put("edition", "fingerprint")("0"), "edition.fingerprint", "edition.fingerprint"),
    "model": (put("model", "name")("openai:x"), "model.name", "readable"),
    "prompt": (
        put("model", "prompts")({"answer.ja.md": "0" * 64}),
        "model.prompts.answer.ja.md",
        "model.prompts.answer.ja.md",
    ),
    "program": (put("versions", "desk")("9.9"), "versions.desk", "versions.desk"),
    "glossary": (put("versions", "glossary")("0"), "versions.glossary", "versions.glossary"),
    "readable part": (put("readable", "en", 1)("Question: none"), "readable.en.1", "readable"),
    "something added": (lambda p: p.update(approved=True), "approved", "approved"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_an_edit_is_named(bot: Bot, fresh: bytes, name: str) -> None:
    edit, place, _ = TAMPERINGS[name]
    report = bot.verify(as_file(edited(fresh, edit)))
    assert report.status == "altered"
    assert place in told(report)["altered"]


@pytest.mark.parametrize("name", TAMPERINGS)
def test_an_edit_with_all_hashes_made_anew_breaks_the_seal_and_is_named_where_the_library_can_tell(
    bot: Bot, fresh: bytes, name: str
) -> None:
    edit, _, place = TAMPERINGS[name]
    report = bot.verify(as_file(hashed_anew(edited(fresh, edit))))
    found = told(report)
    assert report.status == "altered" and "seal" in found["altered"]
    assert place in set().union(*found.values())


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (put("hashes", "question")("0" * 32), "question"),
        (lambda p: p["hashes"].pop("question"), "question"),
        (put("hashes", "extra")("0" * 32), "extra"),
        (put("hash")("0" * 64), "hash"),
        (put("seal", "hmac")("0" * 64), "seal"),
    ],
)
def test_an_edit_of_the_proof_is_named(bot: Bot, fresh: bytes, edit: Edit, place: str) -> None:
    report = bot.verify(as_file(edited(fresh, edit)))
    assert report.status == "altered" and place in told(report)["altered"]


def test_a_packet_under_another_key_is_checked_but_its_maker_is_not_known(bot: Bot, fresh: bytes) -> None:
    other = b"k" * 32
    report = bot.verify(as_file(hashed_anew(json.loads(fresh), other)))
    assert report.status == "unconfirmed" and key_name(other) in report.findings[0].en
    forged = edited(fresh, put("citations", 0, "quote")("承認は不要である。"))
    assert bot.verify(as_file(hashed_anew(forged, other))).status == "altered"


def test_spaces_and_the_order_of_names_are_no_edit(bot: Bot, fresh: bytes) -> None:
    turned = dict(reversed(json.loads(fresh).items()))
    assert bot.verify(json.dumps(turned, indent=3).encode()).status == "intact"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "broken JSON"),
        (b'{"kind": ', "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
        (b'{"kind": 1, "kind": 2}', "twice"),
        (b'{"confidence": NaN}', "NaN"),
        (b'{"kind": "\\ud800"}', "UTF-8"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[]", "kind"),
        (b'{"kind": "x"}', "kind"),
        (b"%PDF-1.7", "broken JSON"),
        (b" " * (LARGEST + 1), "at most"),
        (b'{"a": [0' + b",0" * 20_000 + b"]}", "20,001 values"),
        (b'{"kind": "advisory-desk evidence packet", "format": 2}', "format 2"),
        (b'{"kind": "advisory-desk evidence packet", "format": 1}', "readable"),
    ],
)
def test_what_is_no_packet_is_refused_in_both_languages(bot: Bot, data: bytes, words: str) -> None:
    with pytest.raises(PacketError, match=words) as caught:
        bot.verify(data)
    assert any("ぁ" < character < "ん" for character in caught.value.reason_ja)


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (put("statements", 0, "verdict")("certain"), "statements.0.verdict"),
        (put("citations", 0, "start")("4"), "citations.0.start"),
        (lambda p: p.pop("seal"), "seal"),
        (lambda p: p["statements"].extend(p["statements"][:1] * 500), "statements: .*50"),
        (lambda p: p["statements"][0]["citations"].extend([1] * 500), "citations: .*20"),
    ],
)
def test_a_value_that_no_packet_has_is_refused_by_name(
    bot: Bot, fresh: bytes, edit: Edit, place: str
) -> None:
    with pytest.raises(PacketError, match=place):
        bot.verify(as_file(edited(fresh, edit)))


@pytest.fixture
def own(desk: Desk, embedder: Embedder, glossary: Glossary, tmp_path: Path) -> Iterator[tuple[Bot, Desk]]:
    """A desk of this test alone, ingested."""
    desk.sync()
    for bot in bot_on(desk, embedder, glossary, tmp_path / "packet.key"):
        yield bot, desk


@pytest.mark.parametrize(
    ("change", "status", "places"),
    [
        (lambda folder: (folder / "policy.md").unlink(), "changed", {"documents.0"}),
        (
            lambda folder: (folder / "policy.md").write_text(POLICY.replace("90日", "30日"), "utf-8"),
            "changed",
            {"documents.0"},
        ),
        (
            lambda folder: (folder / "sources.toml").write_text(
                (folder / "sources.toml").read_text("utf-8").replace("in force", "superseded"), "utf-8"
            ),
            "changed",
            {"documents.0.record.standing"},
        ),
        (lambda folder: (folder / "more.md").write_text("# 研修の案内\n\n輸出管理の研修は毎年五月に行い、受講した教職員の名簿を研究推進課が三年間保管する。\n", "utf-8"), "intact", set()),
    ],
)  # fmt: skip
def test_a_library_that_moved_on_is_not_taken_for_an_edit(
    own: tuple[Bot, Desk],
    embedder: Embedder,
    glossary: Glossary,
    tmp_path: Path,
    change: Callable[[Path], object],
    status: str,
    places: set[str],
) -> None:
    bot, desk = own
    packet = bot.packet(bot.ask(QUESTION))
    change(desk.folder)
    catalogue = load_catalogue([desk.folder / "sources.toml"])
    desk = replace(desk, writer=replace(desk.writer, catalogue=catalogue))
    assert not desk.sync().failed
    for later in bot_on(desk, embedder, glossary, tmp_path / "packet.key"):
        report = later.verify(packet)
        assert report.status == status
        assert places <= told(report).get("changed", set())
        assert "edition.name" in told(report)["notice"]


def test_no_packet_is_made_once_the_library_has_moved_on(own: tuple[Bot, Desk]) -> None:
    bot, _ = own
    answer = bot.ask(QUESTION)
    with pytest.raises(PacketError, match="ask again"):
        bot.packet(replace(answer, edition="20200101T000000000000Z"))


def test_the_key_is_made_once_readable_by_its_owner_alone_and_never_in_a_packet(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "packet.key")
    assert file.read() == b""
    key = file.make()
    assert len(key) == 32 and file.make() == key == file.read()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["packet.key"]
    assert key.hex() not in key_name(key)
    file.path.write_text("not a key")
    with pytest.raises(StoreError, match="backup"):
        file.make()
