"""Turns categories, target groups and titles of FREINET into our words, by a table to read."""

import re
from functools import cache
from pathlib import Path

import msgspec

from bruecke.reference.activities import activities_by_code

_KINDS = ("title", "category", "target", "mark")
_FITS = ("same", "near", "none", "")


class Entry(msgspec.Struct, frozen=True):
    """One line of `freinet_map.tsv`; its head says what the columns mean."""

    what: str
    theirs: str
    ours: str
    fit: str
    marks: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether a word of `text` (case-folded) begins so, or has it inside after a star."""
        return _pattern(self.theirs).search(text) is not None


@cache
def _pattern(theirs: str) -> re.Pattern[str]:
    word = re.escape(theirs.lstrip("*").casefold())
    return re.compile(word if theirs.startswith("*") else rf"\b{word}")


class Mapped(msgspec.Struct, frozen=True):
    """What an offer is for us. `activity` is "" without an equivalent; `by` decided it."""

    activity: str
    fit: str
    by: str
    with_children: bool
    home_visit: bool
    unknown: tuple[str, ...] = ()


@cache
def entries() -> tuple[Entry, ...]:
    """The whole table, in its order; ValueError for a line that is not right."""
    text = Path(__file__).with_name("freinet_map.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(_entry(line) for line in lines[1:])


def _entry(line: str) -> Entry:
    what, theirs, ours, fit, marks = line.split("\t")
    if what not in _KINDS or fit not in _FITS or (ours and ours not in activities_by_code()):
        raise ValueError(line)
    return Entry(what, theirs, ours, fit, tuple(marks.split()))


def map_offer(title: str, text: str, categories: list[str], targets: list[str]) -> Mapped:
    """The first line of the table that fits decides the activity; marks add up."""
    lists = {"category": categories, "target": targets}
    low_title, low_text = title.casefold(), f"{title} {text}".casefold()
    fitting = [
        one
        for one in entries()
        if (one.what == "title" and one.is_in(low_title))
        or (one.what == "mark" and one.is_in(low_text))
        or one.theirs in lists.get(one.what, ())
    ]
    chosen = next((one for one in fitting if one.ours), None)
    marks = {mark for one in fitting for mark in one.marks}
    known = {(one.what, one.theirs) for one in entries()}
    unknown = [name for what, names in lists.items() for name in names if (what, name) not in known]
    return Mapped(
        activity=chosen.ours if chosen else "",
        fit=chosen.fit if chosen else "none",
        by=chosen.theirs if chosen else "",
        with_children="children" in marks,
        home_visit="home" in marks,
        unknown=tuple(unknown),
    )
