"""A template read as markup: Jinja's parts become tokens, so that tags and attributes show."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import msgspec

from tests.house.tree import template_sources

_EXPRESSION = re.compile(r"{{-?\s*(.*?)\s*-?}}", re.DOTALL)
_STATEMENT = re.compile(r"{%.*?%}", re.DOTALL)
_TOKEN = re.compile(r"\u27e6\d+\u27e7")


class Tag(msgspec.Struct):
    """One opening tag; `inside` holds every Jinja expression up to its end tag (forms only)."""

    template: str
    line: int
    name: str
    attributes: dict[str, str]
    inside: list[str]
    words: str = ""

    @property
    def where(self) -> str:
        """For messages."""
        return f"{self.template}:{self.line} <{self.name}>"


class _Reader(HTMLParser):
    def __init__(self, template: str, expressions: list[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.template = template
        self.expressions = expressions
        self.tags: list[Tag] = []
        self.open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Tag(
            self.template, self.getpos()[0], tag, {name: value or "" for name, value in attrs}, []
        )
        self.tags.append(found)
        if tag in ("form", "script", "style"):
            self.open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].name == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].words += data.strip()
            self.open[-1].inside += [spelled(one, self.expressions) for one in _TOKEN.findall(data)]


def spelled(text: str, expressions: list[str]) -> str:
    """`text` with its tokens as the expressions they stand for."""
    return _TOKEN.sub(lambda hit: "{{" + expressions[int(hit[0][1:-1])] + "}}", text)


def tags_of(template: str) -> list[Tag]:
    """Every tag of a template; attributes carry their Jinja expressions written out."""
    expressions: list[str] = []

    def token(hit: re.Match[str]) -> str:
        expressions.append(hit[1])
        return f"\u27e6{len(expressions) - 1}\u27e7" + "\n" * hit[0].count("\n")

    source = _EXPRESSION.sub(token, template_sources()[template])
    source = _STATEMENT.sub(lambda hit: " " + "\n" * hit[0].count("\n"), source)
    reader = _Reader(template, expressions)
    reader.feed(source)
    reader.close()
    for tag in reader.tags:
        tag.attributes = {
            spelled(name, expressions): spelled(value, expressions)
            for name, value in tag.attributes.items()
        }
    return reader.tags


def all_tags() -> Iterator[Tag]:
    """Every tag of every template."""
    for template in template_sources():
        yield from tags_of(template)
