"""The bomb kit: small files that take far more to read than they weigh, or that lie about themselves. All generated."""

import io
import struct
import zipfile
import zlib

from tests.ingest.makers import BLOCKS, archive, docx_of

MEGABYTE = 1 << 20


def pdf_with(stream: bytes, filters: str = "/FlateDecode", pages: int = 1, loop: bool = False) -> bytes:
    """A PDF whose every page has the given content stream. With `loop` its page tree contains itself."""
    kids = " ".join(f"{4 + n} 0 R" for n in range(pages)) + (" 2 0 R" if loop else "")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages + loop} >>".encode(),
        b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(stream), filters.encode(), stream),
    ]
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    )
    objects += [page] * pages
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % at for at in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def nested_flate() -> bytes:
    """A page of under 10 KB whose stream unpacks in two steps to 3 GB of spaces."""
    pressed = zlib.compressobj(9)
    head = pressed.compress(b"") + pressed.flush(zlib.Z_FULL_FLUSH)
    block = pressed.compress(b" " * MEGABYTE) + pressed.flush(zlib.Z_FULL_FLUSH)
    once = head + block * 3000 + pressed.flush()
    return pdf_with(zlib.compress(once, 9), "/FlateDecode /FlateDecode")


def many_operators(count: int = 3_000_000) -> bytes:
    """A page of about 30 KB that draws a letter so many times."""
    return pdf_with(zlib.compress(b"BT /F1 9 Tf " + b"(x)Tj " * count + b"ET", 9))


def page_loop() -> bytes:
    """A page tree that contains itself."""
    return pdf_with(zlib.compress(b"BT /F1 12 Tf 72 700 Td (Guidance on visits) Tj ET"), loop=True)


def many_pages(count: int) -> bytes:
    """A PDF of one short stream shown on very many pages."""
    return pdf_with(zlib.compress(b"BT /F1 12 Tf 72 700 Td (x) Tj ET"), pages=count)


def docx_with(body: bytes) -> bytes:
    """A Word document whose main part is `body`."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(docx_of(BLOCKS))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    return archive({**parts, "word/document.xml": body})


def lying_docx() -> bytes:
    """A Word document whose archive declares a few bytes for a part that unpacks to 40 MB."""
    body = b"<w:document>" + b" " * (40 * MEGABYTE)
    data = bytearray(docx_with(body))
    size = struct.pack("<L", len(body))
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<L", 5_000)
    return bytes(data)


def zip_in_zip(depth: int = 40) -> bytes:
    """Archives in archives, each of many copies of the next."""
    inner = archive({"x.txt": b"0" * MEGABYTE})
    for _ in range(depth):
        inner = archive({f"{n}.zip": inner for n in range(2)}, zipfile.ZIP_STORED)[: 2 * MEGABYTE]
    return inner


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def laughs() -> bytes:
    """A Word document with entities of entities: ten to the ninth times the word."""
    entities = '<!ENTITY a0 "canary">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    body = (
        f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>'
    )
    return docx_with(f"<?xml version='1.0'?><!DOCTYPE w [{entities}]>{body}".encode())


def outside_entity(path: str) -> bytes:
    """A Word document whose text is an entity that names a file of this machine."""
    body = (
        f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>持ち出しには承認が必要である。&x;</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>承認は情報管理室が行い、記録を保存する。</w:t></w:r></w:p></w:body></w:document>"
    )
    return docx_with(f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file://{path}">]>{body}'.encode())


def climbing_docx() -> bytes:
    """A whole Word document with one more part that would be unpacked outside of any folder."""
    with zipfile.ZipFile(io.BytesIO(docx_of(BLOCKS))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    return archive({**parts, "../../../../escaped.txt": b"escaped"})


def deep_html(depth: int = 200_000) -> str:
    """Elements in elements, and words at the bottom and after."""
    return "<p>前の文</p>" + "<div>" * depth + "底の文" + "</div>" * depth + "<p>後の文</p>"


def wide_html(count: int = 400_000) -> str:
    """One element with very many attributes."""
    return "<p>前の文</p><p " + " ".join(f"a{n}='{n}'" for n in range(count)) + ">後の文</p>"
