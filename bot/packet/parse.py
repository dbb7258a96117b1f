"""Bytes -> a packet, or a clear refusal: too large, not JSON, no packet, or of another format. Pure."""

import json
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from bot.packet.hashes import values
from bot.packet.types import FORMAT, KIND, Packet, PacketError

#: Largest packet that is read, in bytes, and most values in it; an answer's has about 25 kB and 250 values.
LARGEST, VALUES = 1_000_000, 10_000
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
        there = sum(1 for _ in values(value))
    except UnicodeError:
        raise _no_packet("it is not UTF-8 text", "UTF-8 の文章ではありません") from None
    except (ValueError, RecursionError) as error:
        raise _no_packet(f"broken JSON ({error})", "JSON として読めません") from None
    if there > VALUES:
        raise _no_packet(
            f"{there:,} values, and a packet has at most {VALUES:,}", f"値が{VALUES:,}個を超えています"
        )
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
        found = str(value.get("format"))[:20]
        raise PacketError(
            f"this packet has format {found}; this desk reads format {FORMAT}: use the desk that wrote it, or a newer one",
            f"この根拠記録の形式は{found}です。このデスクが読めるのは形式{FORMAT}です。作成したデスクか、新しい版をお使いください。",
        )
    try:
        _PACKET.validate_python(value, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise _no_packet(f"{place}: {first['msg']}", f"{place} の値が正しくありません") from None
    return value  # type: ignore[return-value]
