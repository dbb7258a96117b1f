"""The API's document as a page that people read: no script, nothing from elsewhere. Pure: the document in, HTML out."""

import json
from collections.abc import Mapping
from typing import Any

from bot.ui.markup import NOTHING, Html, el, join, plain, preformatted
from bot.ui.shell import header, page
from ingest.types import Language

#: Words of this page: Japanese, English.
_WORDS = {
    "title": ("HTTP API", "HTTP API"),
    "lead": (
        "ほかのプログラムから質問・検索・資料の取得・根拠記録の照合ができます。形式はコマンド（desk ask --json など）と同じです。",
        "Ask, search, read documents and check evidence packets from your own programs, in the same shapes as the commands print.",
    ),
    "document": ("OpenAPI 文書（機械用）", "The OpenAPI document, for programs"),
    "takes": ("送る項目", "It takes"),
    "gives": ("返る項目", "It gives"),
    "name": ("項目", "Field"),
    "kind": ("型", "Type"),
    "about": ("説明と上限", "Meaning and limits"),
    "needed": ("必須", "required"),
    "try": ("例", "Example"),
    "errors": ("応答の種類", "Replies"),
}
#: What the document says in English alone, in Japanese: of a path, and "" of the whole.
_JAPANESE = {
    "": "根拠となる原文の言葉で、日本語と英語で答えます。回答の言語は質問の言語です。位置（start・end）は資料の `text` の文字数で"
    '数えます。エラーは `{"detail": …}` の形で、Accept-Language の言語で返ります。ログインが必要なデスクでは、'
    "`desk user token 利用者名` で作るトークンを使います。",
    "/ask": "すべての文を引用箇所と照合した回答か、理由を添えた辞退を返します。",
    "/ask/stream": "/ask と同じ処理の途中経過を server-sent events で送ります。`query`、`hits`、`text`（何度でも）に続いて、最後に"
    "/ask と同じ内容の `answer` か `error` が届きます。`text` はまだ照合されておらず、照合済みなのは `answer` の内容だけです。",
    "/search": "質問に関係する箇所を、回答を作らずに、関係の深い順に返します。",
    "/documents": "回答に使われる資料の一覧です。",
    "/documents/{source}": "1 件の資料を全文とともに返します。",
    "/verify": "根拠記録のハッシュ、位置、引用、判定、書誌のすべてを、`desk verify` と同じ方法で今の資料と照合します。"
    "保存したファイルの中身をそのまま本文として送ってください。",
}
_EXAMPLES = {
    "Question": {"question": "研究セキュリティの目標は何ですか。"},
    "Lookup": {"question": "open science and security", "k": 3},
}
_LIMITS = (("minLength", "≥ {}"), ("maxLength", "≤ {}"), ("minimum", "≥ {}"), ("maximum", "≤ {}"))


def api_page(document: Mapping[str, Any], language: Language) -> str:
    """The whole page as HTML."""
    schemas = document["components"]["schemas"]
    calls = [
        _call(path, method, call, schemas, language)
        for path, methods in document["paths"].items()
        for method, call in methods.items()
    ]
    link = el("a", plain(_say("document", language)), href="/api/openapi.json")
    main = el(
        "main",
        el("h1", plain(_say("title", language))),
        el("p", plain(_say("lead", language)), class_="lead"),
        _about("", document["info"]["description"], language),
        el("p", link),
        el("div", *calls, class_="cards"),
        class_="still",
    )
    body = join((header(language, "", "/api"), main))
    return page(_say("title", language), language, body)


def _say(key: str, language: Language) -> str:
    return _WORDS[key][language == "en"]


def _call(
    path: str, method: str, call: Mapping[str, Any], schemas: Mapping[str, Any], language: Language
) -> Html:
    taken = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    given = call["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
    japanese, _, english = reversed(call["summary"].partition(" / "))
    return el(
        "section",
        el("h2", el("code", plain(f"{method.upper()} /api{path}"))),
        el("p", plain(japanese if language == "ja" else english)),
        _about(path, call.get("description", ""), language),
        _fields("takes", taken, schemas, language),
        _fields("gives", given, schemas, language),
        _example(path, method, taken, language),
        _replies(call["responses"], language),
        class_="card",
    )


def _about(path: str, english: str, language: Language) -> Html:
    """What the document says of itself or of one path, in the page's language; what stands between backticks is code."""
    own = _JAPANESE.get(path, "") if language == "ja" else ""
    parts = (own or english).split("`")
    words = (el("code", plain(part)) if at % 2 else plain(part) for at, part in enumerate(parts))
    return el("p", *words, lang=language if own else "en") if own or english else NOTHING


def _named(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _fields(key: str, schema: Mapping[str, Any], schemas: Mapping[str, Any], language: Language) -> Html:
    """A table of an object's fields."""
    found = schemas.get(_named(schema), {})
    if not found.get("properties"):
        return NOTHING
    needed = found.get("required", ()) if key == "takes" else ()
    heads = (el("th", plain(_say(word, language)), scope="col") for word in ("name", "kind", "about"))
    rows = (
        el(
            "tr",
            el("td", el("code", plain(name))),
            el("td", plain(_kind(field, schemas))),
            el(
                "td",
                plain("; ".join(filter(None, (_say("needed", language) * (name in needed), _limits(field))))),
            ),
        )
        for name, field in found["properties"].items()
    )
    caption = el("caption", plain(_say(key, language)))
    return el("table", caption, el("thead", el("tr", *heads)), el("tbody", *rows))


def _kind(field: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """A field's type in a few words; an object is the list of its own fields."""
    if name := _named(field):
        return f"{{{', '.join(schemas.get(name, {}).get('properties', ()))}}}"
    if "anyOf" in field:
        return " | ".join(_kind(one, schemas) for one in field["anyOf"])
    if "enum" in field:
        return " | ".join(map(str, field["enum"]))
    if field.get("type") == "array":
        return f"[{_kind(field['items'], schemas)}, …]"
    return str(field.get("type", ""))


def _limits(field: Mapping[str, Any]) -> str:
    said = [words.format(field[name]) for name, words in _LIMITS if name in field]
    return "; ".join((*said, *([field["description"]] if "description" in field else [])))


def _example(path: str, method: str, taken: Mapping[str, Any], language: Language) -> Html:
    """A command line that calls it."""
    sent = _EXAMPLES.get(_named(taken))
    command = f"curl http://127.0.0.1:7860/api{path}"
    if sent:
        body = json.dumps(sent, ensure_ascii=False)
        command += f" \\\n  -H 'content-type: application/json' \\\n  -d '{body}'"
    return join((el("p", plain(_say("try", language))), el("pre", preformatted(command), class_="example")))


def _replies(replies: Mapping[str, Any], language: Language) -> Html:
    rows = (
        el("li", el("code", plain(status)), plain(f" {reply['description']}"))
        for status, reply in sorted(replies.items())
    )
    summary = el("summary", plain(_say("errors", language)))
    return el("details", summary, el("ul", *rows), lang="en")
