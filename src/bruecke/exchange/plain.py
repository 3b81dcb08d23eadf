"""Reduces HTML of others to plain paragraphs: nh3 takes out what is dangerous, the rest is text."""

import html
import re
import unicodedata

import msgspec
import nh3

_BLOCKS = {
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr",
    "table", "tbody", "thead", "tr", "td", "th", "dl", "dt", "dd", "pre", "section", "article",
}  # fmt: skip
_UNSAFE = {"script", "style", "iframe", "object", "noscript", "template", "title", "textarea"}
# nh3 leaves the tags named above, without attributes: nothing else looks like this after it.
_TAG = re.compile(r"</?(?P<name>[a-z0-9]+)>")
_ROUNDS = 4
_SENTENCE_END = re.compile(r"[.!?…][\"“”')]*(?=\s|$)|\n")
_LEAST_SHARE = 0.5
_LINK = re.compile(r"<a\s[^<>]*\bhref\b", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")
# A date, a month with its year, a clock time or two full hours look like the start of a number.
_WHEN = (
    r"(?<!\d)(?:"
    r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:(?:20)?\d\d(?!\d))?"
    r"|(?:0?[1-9]|1[0-2])[./](?:19|20)\d\d(?![\d.])"
    r"|(?:[01]?\d|2[0-4])\.[0-5]\d(?!\.?\d)"
    r"|(?:[01]?\d|2[0-4])\s?[–-]\s?(?:[01]?\d|2[0-4])(?!\s?[.–-]?\d)"
    r")"
)
_NUMBER = (
    r"(?<!\w)(?<!\d\.)(?P<phone>(?:\+\d{2}|0)(?:[\d /()\u00a0\u202f–-]|\.(?=\d)){6,24}\d)(?!\w)"
)
_WHEN_OR_NUMBER = re.compile(f"{_WHEN}|{_NUMBER}")


class Plain(msgspec.Struct, frozen=True):
    """Paragraphs with an empty line between them, and how much of it could not come along."""

    text: str
    links: int = 0
    pictures: int = 0


def to_plain(markup: str) -> Plain:
    """The words of `markup`; links and pictures are counted and gone, entities are characters."""
    links, pictures = len(_LINK.findall(markup)), len(_PICTURE.findall(markup))
    text = markup
    # Markup that was escaped twice would stand there as text: read again until nothing changes.
    for _ in range(_ROUNDS):
        before = text
        text = _once(text)
        if text == before or not re.search("[<&]", text):
            break
    return Plain(_paragraphs(text), links, pictures)


def _once(text: str) -> str:
    safe = nh3.clean(text, tags=_BLOCKS, clean_content_tags=_UNSAFE, attributes={}, link_rel=None)
    return html.unescape(_TAG.sub(_break, safe))


def _break(tag: re.Match[str]) -> str:
    if tag["name"] in ("td", "th"):
        return " "
    if tag.group() == "<li>":
        return "\n\n– "
    return "\n" if tag["name"] == "br" else "\n\n"


def _paragraphs(text: str) -> str:
    lines = [one_line(line) for line in text.replace("\r\n", "\n").split("\n")]
    blocks = "\n".join(lines).split("\n\n")
    kept = [re.sub(r"\n+", "\n", block.strip("\n")) for block in blocks]
    return "\n\n".join(block for block in kept if block.strip("–• \n"))


def one_line(text: str) -> str:
    """The text in one line: composed characters, single spaces, no control characters."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        # Among the control characters are the signs that turn the direction of writing.
        composed = "".join(sign for sign in composed if sign.isspace() or not _is_control(sign))
    return " ".join(composed.split())


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign).startswith("C")


def take_out_contacts(text: str) -> tuple[str, int]:
    """Without mail addresses and phone numbers: contacts open only after everybody agreed."""
    without, mails = _MAIL.subn("…", text) if "@" in text else (text, 0)
    phones = sum(bool(found["phone"]) for found in _WHEN_OR_NUMBER.finditer(without))
    return _WHEN_OR_NUMBER.sub(_but_when, without), mails + phones


def _but_when(found: re.Match[str]) -> str:
    return "…" if found["phone"] else found.group()


def cut_text(text: str, room: int) -> str:
    """At most `room` characters, up to the end of a sentence where one comes late enough."""
    if len(text) <= room:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text[:room])]
    if ends and ends[-1] >= room * _LEAST_SHARE:
        return text[: ends[-1]].rstrip()
    return cut_line(text, room)


def cut_line(text: str, room: int) -> str:
    """At most `room` characters, up to the end of a word, with an ellipsis."""
    if len(text) <= room:
        return text
    cut = text[: room - 1]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return at_word.rstrip(" ,;:–-") + "…"
