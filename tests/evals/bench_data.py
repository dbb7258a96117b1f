"""Tiny corpora in the shape of the real ones."""

import lzma
from collections.abc import Sequence
from pathlib import Path

from evals.peers.types import BenchPassage

PASSAGES = (
    BenchPassage(
        "安全保障輸出管理の担当部署は、研究者からの技術提供の相談を受け付けます。",
        "ja",
        "輸出管理の手引き",
        "a.md",
    ),
    BenchPassage("利益相反の申告書は、毎年四月に研究推進課へ提出してください。", "ja", "利益相反の手引き"),
    BenchPassage("外国人研究者の受入れに当たっては、経歴を確認します。", "ja"),
    BenchPassage(
        "Partnership agreements are reviewed by the legal office every five years.", "en", "Partnerships"
    ),
    BenchPassage("Researchers report gifts from foreign governments within thirty days.", "en", "Disclosure"),
    BenchPassage("Joint degree programmes need approval by the academic senate.", "en"),
)

JAQUAD = (
    ("利益相反の申告書はどこに出しますか。", PASSAGES[1].text),
    ("担当部署の役割は？", PASSAGES[0].text),
)
SQUAD = (("Who reviews agreements?", PASSAGES[3].text), ("Who approves joint degrees?", PASSAGES[5].text))
PARALLEL = (
    ("Export control applies.", "輸出管理が適用されます。", "tanaka"),
    ("Report gifts.", "贈与を報告する。", "tanaka"),
    ("Report gifts.", "贈り物を報告してください。", "tanaka"),
)
SECTIONS = (
    (
        "Conditions",
        "条件",
        "Licences",
        "ライセンス",
        "The subscription must be active.",
        "契約が有効であること。",
    ),
    ("Grid", "グリッド", "Grid", "グリッド機能", "The grid shows rows.", "グリッドは行を表示します。"),
)


def write_rows(folder: Path, name: str, rows: Sequence[Sequence[str]]) -> None:
    """Writes rows as NAME.tsv.xz."""
    with lzma.open(folder / f"{name}.tsv.xz", "wt", encoding="utf-8") as lines:
        lines.writelines("\t".join(row) + "\n" for row in rows)


def write_corpora(folder: Path) -> Path:
    """All the files that the bench reads, a few rows each."""
    write_rows(folder, "jaquad_dev", JAQUAD)
    write_rows(folder, "squad_dev_en", SQUAD)
    write_rows(folder, "parallel_dev", PARALLEL)
    write_rows(folder, "sections_dev", SECTIONS)
    write_rows(folder, "sections_train", SECTIONS)
    paragraphs = ("Nara", "奈良", "History", "歴史", "Nara was the capital.", "奈良は都であった。")
    write_rows(folder, "paragraphs_train", (paragraphs, paragraphs))
    return folder
