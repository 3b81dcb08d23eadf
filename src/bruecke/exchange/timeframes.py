"""Reads German wordings of "when" where they are clear, and leaves the others as text."""

import re
from datetime import time
from typing import Literal

import msgspec

from bruecke.domain import slots

Kind = Literal["clear", "open", "unclear"]
_WORKDAYS, _WEEKEND, _WEEK = range(5), range(5, 7), range(7)
# Whole stories are never clear.
_LONGEST = 400
_Token = tuple[str, re.Match[str]]

_DAY = (
    r"(?:(?P<{0}long>montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)s?"
    r"|(?P<{0}short>mo|di|mitw|mi|do|fr|sa|so)\b\.?)"
)
_NAMES = {"mitw": 2, "mi": 2, "mo": 0, "di": 1, "do": 3, "fr": 4, "sa": 5, "sonna": 5, "so": 6}
_CLOCK = r"(?P<{0}h>2[0-4]|[01]?\d)(?:[:.](?P<{0}m>[0-5]\d))?\s*(?:uhr\b|h\b)?"
_TO = r"\s*(?:-|–|bis|und)\s*(?:ca\.?|max\.?|maximal)?\s*"
_NUMBER = r"(?:\d+(?:[.,]\d+)?|eine[nr]?|ein|zwei|drei|vier)"
_ABOUT = r"(?:ca\.?|bis zu|bis|max\.?|maximal|mindestens|zwischen|je|ungefähr|gerne)\s*"

# The order counts: "2-3 Stunden" is a length before "2-3" can be a time of the day.
_TOKENS: list[tuple[str, str]] = [
    (
        "length",
        rf"(?:{_ABOUT})*{_NUMBER}(?:\s*(?:-|–|bis|und|oder)\s*{_NUMBER})?\s*"
        r"(?:stunden?|std\b\.?|h\b|minuten|min\b\.?|mal\b|x\b)",
    ),
    ("rhythm", r"(?:pro|je|in der|die|/|im|alle)\s*(?:\d+\s*)?(?:woche|monat|wochen)\b"),
    ("rhythm", r"monatlich|regelmäßig|vierzehntägig|14[ -]?tägig"),
    ("weekly", r"wöchentlich|jeden?\b|jede woche"),
    ("days", _DAY.format("a") + r"\s*(?:-|–|bis)\s*" + _DAY.format("b")),
    ("day", _DAY.format("d")),
    ("workdays", r"wochentags|werktags|an (?:wochentagen|einem wochentag)|unter der woche"),
    ("weekend", r"(?:am |an den |an )?wochenenden?\b"),
    ("parts", r"vor-?\s*(?:/|,|und/oder|und|oder)\s*-?nachmittags?"),
    ("part", r"(?P<part>vormittag|morgen|nachmittag|mittag|abend)s?(?:bereich)?\b"),
    ("span", r"(?:von |zwischen |ab )?" + _CLOCK.format("f") + _TO + _CLOCK.format("t")),
    ("from", r"(?:ab|nach)\s*(?:ca\.?\s*)?" + _CLOCK.format("s")),
    ("at", r"(?:um|gegen)\s*(?:ca\.?\s*)?" + _CLOCK.format("e")),
    (
        "open",
        r"flexib\w*|(?:(?:nach|in|mit)\s+)?(?:individuell\w*\s+)?(?:absprache|vereinbarung|bedarf)"
        r"|individuell\w*|jederzeit|24/7|unbefristet|abgesprochen|abgestimmt|vereinbart"
        r"|verhandelbar|wählbar|variabel|(?:frei(?:e)?\s+)?(?:zeit)?eintei(?:len|lung|lbar)"
        r"|(?:je )?nach (?:ihren |eigenen |deinen )?möglic?hk?eit(?:en)?",
    ),
    ("either", r"oder\b|auch\b|sowie\b"),
    ("break", r"[\n;]"),
    (
        "filler",
        r"(?:von|bis|ca|uhr|und|in|am|an|im|der|die|den|das|alle|jeweils|immer|möglich|gerne?|frei"
        r"|meist|ist|sind|ein|einem|einer|einsatz|einsatzmöglichkeiten|einsatzzeiten|kann|können"
        r"|kannst|du|dir|wird|werden|mit|uns|vorwiegend|gewünscht|wünschenswert|wäre|zu|zwischen"
        r"|auf|zz|innerhalb|oft|zeitlich|zeitliche|rahmen|zeitrahmens?|zeit|zeiten|wochentage?)\b"
        r"|[.,:/()&+!–-]",
    ),
]
_PATTERNS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _TOKENS]
_PARTS = {
    "vormittag": (0,), "morgen": (0,), "mittag": (1,), "nachmittag": (1, 2), "abend": (3,),
}  # fmt: skip


class When(msgspec.Struct, frozen=True):
    """What a wording says: "clear" parts of the week, "open" to agreement, or "unclear".

    `slots` is 0 unless it is clear; `weekly` only where it says so.
    """

    kind: Kind
    slots: int = 0
    weekly: bool = False


class _Group:
    """Days and times that belong together."""

    def __init__(self, days: set[int] | None = None) -> None:
        self.days = set(days or ())
        self.named = False
        self.parts: set[int] = set()
        self.spans: list[tuple[time, time]] = []

    @property
    def timed(self) -> bool:
        return bool(self.parts or self.spans)

    def mask(self, days: range) -> int:
        chosen = self.days or set(days)
        if not self.spans:
            return slots.of_days(chosen, self.parts or range(4))
        found = 0
        for day in chosen:
            for first, last in self.spans:
                found |= slots.of_wall_time(day, first, last)
        return found


def read_when(wording: str) -> When:
    """The parts of the week a wording names; "unclear" as soon as one word is not understood."""
    if len(wording) > _LONGEST:
        return When("unclear")
    text = " ".join(re.sub(r"[\r\n]+", " ; ", wording.strip()).split())
    found = _tokens(text)
    if not found or not all(_is_forwards(said) for name, said in found if name == "span"):
        return When("unclear")
    groups = _groups(found)
    if not groups:
        is_open = any(name in ("open", "length", "rhythm", "weekly") for name, _ in found)
        return When("open" if is_open else "unclear")
    mask = 0
    for group in groups:
        # Times without days beside days of their own mean the other days.
        others = any(one is not group and one.days and not one.timed for one in groups)
        mask |= group.mask(_WORKDAYS if others else _WEEK)
    every = any(_says_every_week(name, said) for name, said in found)
    return When("clear", mask, every and not any(name == "open" for name, _ in found))


def _says_every_week(name: str, said: re.Match[str]) -> bool:
    if name in ("day", "days"):
        return said.group().lower().endswith("tags")
    return name == "weekly" or (name == "rhythm" and said.group().lower().endswith("woche"))


def _is_forwards(said: re.Match[str]) -> bool:
    return _clock(said, "f") < _clock(said, "t")


def _tokens(text: str) -> list[_Token]:
    """What the wording is made of; nothing at all if there is a word nobody knows."""
    found: list[_Token] = []
    place = 0
    while place < len(text):
        if text[place] == " ":
            place += 1
            continue
        token = _token(text, place)
        if token is None:
            return []
        found.append(token)
        place = token[1].end()
    return found


def _token(text: str, place: int) -> _Token | None:
    for name, pattern in _PATTERNS:
        said = pattern.match(text, place)
        if said and _is_whole(text, said.end(), name):
            return name, said
    return None


def _is_whole(text: str, end: int, name: str) -> bool:
    """A token ends where a word ends, but for days that a part follows: "Freitagnachmittag"."""
    if name == "day" or end >= len(text):
        return True
    return not (text[end - 1].isalnum() and text[end].isalnum())


def _groups(found: list[_Token]) -> list[_Group]:
    groups = [_Group()]
    either = False
    for name, said in found:
        if name == "break":
            # The next line goes on with the same days until it names its own.
            groups.append(_Group(groups[-1].days))
        elif name == "either":
            either = True
        elif name != "filler":
            groups += _told(groups[-1], name, said, either)
            either = False
    return [group for group in groups if group.named or group.timed]


def _told(group: _Group, name: str, said: re.Match[str], either: bool) -> list[_Group]:
    """Adds a token to the group; answers the new group if it begins one."""
    days = _days(name, said)
    if not days:
        _add_times(group, name, said)
        return []
    begins = group.timed and (group.named or either or name == "weekend")
    if begins or not group.named:
        fresh = _Group() if begins else group
        fresh.days, fresh.named = days, True
        return [fresh] if begins else []
    group.days |= days
    return []


def _days(name: str, said: re.Match[str]) -> set[int]:
    if name == "weekend":
        return set(_WEEKEND)
    if name == "workdays":
        return set(_WORKDAYS)
    if name == "day":
        return {_day(said, "d")}
    if name == "days":
        first, last = _day(said, "a"), _day(said, "b")
        return set(range(first, last + 1)) if first < last else {first, last}
    return set()


def _day(said: re.Match[str], mark: str) -> int:
    word = (said[f"{mark}long"] or said[f"{mark}short"]).lower()
    return next(day for begin, day in _NAMES.items() if word.startswith(begin))


def _add_times(group: _Group, name: str, said: re.Match[str]) -> None:
    if name == "part":
        group.parts |= set(_PARTS[said["part"].lower()])
    elif name == "parts":
        group.parts |= {0, 1, 2}
    elif name == "span":
        group.spans.append((_clock(said, "f"), _clock(said, "t")))
    elif name == "from":
        begins = _clock(said, "s")
        group.spans.append((begins, time(23, 59)))
    elif name == "at":
        begins = _clock(said, "e")
        group.spans.append((begins, time(min(begins.hour + 1, 23), begins.minute)))


def _clock(said: re.Match[str], mark: str) -> time:
    return time(min(int(said[f"{mark}h"]), 23), int(said[f"{mark}m"] or 0))
