"""Bytes -> a packet, or a clear refusal: too large, not JSON, no packet, or of another format. Pure."""

import json
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from bot.packet.types import FORMAT, KIND, Packet, PacketError

#: Largest packet that is read, in bytes, and most entries of one list in it; an answer's has about 25 kB and six.
LARGEST, MOST = 1_000_000, 200
_PACKET = TypeAdapter(Packet)


def _no_packet(why: str, why_ja: str) -> PacketError:
    return PacketError(
        f"this is not an evidence packet: {why}; give a file that `desk ask --packet` or the page wrote",
        f"根拠記録のファイルではありません（{why_ja}）。`desk ask --packet` か画面で作ったファイルを指定してください。",
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _value(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair cannot be hashed
    except UnicodeError:
        raise _no_packet("it is not UTF-8 text", "UTF-8 の文章ではありません") from None
    except (ValueError, RecursionError) as error:
        raise _no_packet(f"broken JSON ({error})", "JSON として読めません") from None
    return value


def parse(data: bytes) -> Packet:
    """The packet in a file. Values of unknown names are kept, so that a check can name them. Raises PacketError."""
    if len(data) > LARGEST:
        raise _no_packet(
            f"{len(data):,} bytes, and a packet has at most {LARGEST:,}",
            f"{len(data):,}バイトあります。根拠記録は{LARGEST:,}バイト以下です",
        )
    value = _value(data)
    if not isinstance(value, dict) or value.get("kind") != KIND:
        raise _no_packet(f"its `kind` is not “{KIND}”", f"`kind` が「{KIND}」ではありません")
    if type(value.get("format")) is not int or value["format"] != FORMAT:
        found = value.get("format")
        raise PacketError(
            f"this packet has format {found!r}; this desk reads format {FORMAT}: use the desk that wrote it, or a newer one",
            f"この根拠記録の形式は{found!r}です。このデスクが読めるのは形式{FORMAT}です。作成したデスクか、新しい版をお使いください。",
        )
    try:
        _PACKET.validate_python(value, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise _no_packet(f"{place}: {first['msg']}", f"{place} の値が正しくありません") from None
    packet: Packet = value  # type: ignore[assignment]
    longest = max(len(packet[part]) for part in ("statements", "citations", "documents", "notes"))
    if longest > MOST:
        raise _no_packet(f"a list of {longest} entries", f"{longest}件の一覧があります")
    return packet
