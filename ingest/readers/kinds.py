"""What bytes look like, whatever the file's name says: the first bytes of well-known formats."""

from ingest.types import UnreadableFile

#: Larger files are refused before they are read into memory more than once: the longest guideline in the
#: field is under 10 MB, and a scan of a whole book is no text.
LARGEST_FILE = 50 * 1024 * 1024

#: First bytes -> (what it is in English, in Japanese, the reader that takes it).
MAGIC: tuple[tuple[bytes, str, str, str], ...] = (
    (b"%PDF-", "a PDF", "PDF", "pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", "ZIP または Office 文書", "docx"),
    (b"PK\x05\x06", "an empty ZIP archive", "空の ZIP", ""),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office document (.doc, .xls, .ppt)",
        "旧形式の Office 文書",
        "",
    ),
    (b"{\\rtf", "an RTF document", "RTF 文書", ""),
    (b"\x89PNG", "a PNG image", "PNG 画像", ""),
    (b"\xff\xd8\xff", "a JPEG image", "JPEG 画像", ""),
    (b"GIF8", "a GIF image", "GIF 画像", ""),
    (b"II*\x00", "a TIFF image", "TIFF 画像", ""),
    (b"MM\x00*", "a TIFF image", "TIFF 画像", ""),
    (b"\x1f\x8b", "a gzip archive", "gzip 圧縮ファイル", ""),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "7z 圧縮ファイル", ""),
    (b"Rar!", "a RAR archive", "RAR 圧縮ファイル", ""),
    (b"\xfd7zXZ\x00", "an xz archive", "xz 圧縮ファイル", ""),
    (b"BZh", "a bzip2 archive", "bzip2 圧縮ファイル", ""),
    (b"SQLite format 3\x00", "an SQLite database", "SQLite データベース", ""),
    (b"\x7fELF", "a program", "実行ファイル", ""),
    (b"MZ\x90\x00", "a program", "実行ファイル", ""),
    (b"%!PS", "a PostScript file", "PostScript", ""),
)


def too_large(length: int) -> UnreadableFile:
    """The refusal of a file of `length` bytes."""
    size, limit = length // 2**20, LARGEST_FILE // 2**20
    return UnreadableFile(
        f"The file has {size} MB; at most {limit} MB are read. Split it, or save it without images.",
        f"ファイルが {size} MB あります（上限 {limit} MB）。分割するか、画像を除いて保存してください。",
    )


def check_bytes(data: bytes, wanted: str) -> None:
    """Refuses what a reader of the kind `wanted` ("pdf", "docx", "html", "text") cannot take.

    Raises UnreadableFile for an empty file, a file over LARGEST_FILE, and bytes that are another format.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(
            "The file is empty. Put the document's own file here.",
            "ファイルの中身が空です。文書の本体を置いてください。",
        )
    if len(data) > LARGEST_FILE:
        raise too_large(len(data))
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n") if wanted == "pdf" else data[:1024]
    for magic, english, japanese, reader in MAGIC:
        if head.startswith(magic) and reader != wanted:
            raise UnreadableFile(
                f"By its content this is {english}, not what its name says. "
                "Rename it, or save it as PDF, DOCX, HTML or text.",
                f"中身は {japanese} で、拡張子と一致しません。"
                "拡張子を直すか、PDF・DOCX・HTML・テキストで保存してください。",
            )
