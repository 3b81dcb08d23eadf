"""What people are told: who learns of which move, how urgent it is, and when no phone rings."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bruecke.domain.match import AGREED, DAY, HOUR

# RFC 8030, 5.3
Urgency = Literal["very-low", "low", "normal", "high"]

AUDIENCES: tuple[str, ...] = ("volunteer", "organisation", "desk")
# RFC 8030: how long a push service keeps a message for a phone that is off.
_THREE_DAYS = 3 * DAY


class Kind(NamedTuple):
    """One kind of notification: to whom, and how a phone should treat it.

    `ttl` in seconds; `stands` are the states in which it is still true when it leaves.
    """

    audience: str
    stands: tuple[str, ...]
    urgency: Urgency = "normal"
    ttl: int = _THREE_DAYS


KINDS: dict[str, Kind] = {
    "suggestion": Kind("volunteer", ("suggested",)),
    "approved": Kind("volunteer", ("approved",)),
    "waitlisted": Kind("volunteer", ("waitlisted",)),
    "offered": Kind("volunteer", ("offered",), "high", DAY),
    "confirmed": Kind("volunteer", ("confirmed", "active"), "high"),
    "refused": Kind("volunteer", ("closed",)),
    "ended": Kind("volunteer", ("closed",)),
    "rests": Kind("volunteer", ("paused",)),
    "goes_on": Kind("volunteer", ("approved", "confirmed", "active")),
    "asked": Kind("organisation", ("approved",)),
    "reminder": Kind("organisation", ("approved",)),
    "settled": Kind("organisation", ("confirmed", "active")),
    "gone": Kind("organisation", ("closed",), "high"),
    "lapsed": Kind("organisation", ("closed",)),
    "task_rests": Kind("organisation", ("paused",)),
    "task_goes_on": Kind("organisation", ("approved", "confirmed", "active")),
    "interest": Kind("desk", ("interested",), "low", DAY),
    "problem": Kind("desk", ("paused",), "high"),
    "open_again": Kind("desk", ("closed",)),
    "overdue": Kind("desk", ("interested",), "normal", DAY),
}

# (event, state after it) -> kinds; the side that moved is never told of its own move.
TOLD: dict[tuple[str, str], tuple[str, ...]] = {
    ("yes", "interested"): ("interest",),
    ("accept", "interested"): ("interest",),
    ("accept", "approved"): ("asked",),
    ("approve", "approved"): ("approved", "asked"),
    ("approve", "waitlisted"): ("waitlisted",),
    ("offer", "offered"): ("offered",),
    ("confirm", "confirmed"): ("confirmed", "settled"),
    ("refuse", "closed"): ("refused", "gone", "open_again"),
    ("withdraw", "closed"): ("ended", "gone", "open_again"),
    ("silence", "closed"): ("ended", "lapsed", "open_again"),
    ("expire", "closed"): ("ended",),
    ("close", "closed"): ("ended", "gone"),
    ("problem", "paused"): ("rests", "task_rests", "problem"),
    ("resume", "approved"): ("goes_on", "task_goes_on"),
    ("resume", "confirmed"): ("goes_on", "task_goes_on"),
    ("resume", "active"): ("goes_on", "task_goes_on"),
}


def told(event: str, seen: Mapping[str, str], after: str, side: str) -> list[str]:
    """The kinds that follow from a move by `side` to state `after`.

    `seen` is where the match stood for each audience: an association and the desk learn nothing of
    what was not agreed where they could see it, a volunteer nothing of a suggestion that ended
    without an answer.
    """
    return [kind for kind in TOLD.get((event, after), ()) if _concerns(kind, seen, after, side)]


def _concerns(kind: str, seen: Mapping[str, str], after: str, side: str) -> bool:
    audience = KINDS[kind].audience
    if audience == side:
        return False
    if audience == "volunteer":
        return seen[audience] not in ("", "suggested")
    if audience == "organisation" or kind == "open_again":
        return bool({seen[audience], after} & AGREED)
    return True


def not_before(at: int, zone: str, quiet_from: int, quiet_until: int) -> int:
    """The first instant from `at` on (UTC seconds) at which a phone may ring.

    The bounds are minutes of the local day in `zone`; equal bounds mean no quiet hours. An hour
    that the clock change skips ends with the change.
    """
    local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    if not _is_quiet(minute, quiet_from, quiet_until):
        return at
    ends_on = local.date() + timedelta(days=1 if minute >= quiet_until else 0)
    wall = datetime(ends_on.year, ends_on.month, ends_on.day, tzinfo=ZoneInfo(zone))
    return int(wall.replace(hour=quiet_until // 60, minute=quiet_until % 60).timestamp())


def _is_quiet(minute: int, quiet_from: int, quiet_until: int) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= minute < quiet_until
    return minute >= quiet_from or minute < quiet_until


# One line and one mail a day for all of them: the list says the rest.
DAILY = frozenset({"interest", "overdue"})


def tag_of(kind: str, match: str) -> str:
    """What a newer message about the same thing replaces on the phone."""
    if kind in ("suggestion", *DAILY):
        return kind
    return f"{KINDS[kind].audience}-{match}"


def path_of(kind: str, match: str, organisation: str) -> str:
    """Where somebody of the kind's audience sees what it speaks of."""
    audience = KINDS[kind].audience
    if audience == "desk":
        return f"/desk/matches/{match}"
    if audience == "organisation":
        return f"/organisations/{organisation}/people"
    return f"/matches/{match}"


LINK_LIFE = 14 * DAY
REMIND_AFTER = 3 * DAY
# A working day too many is kinder than a reminder on a Sunday: see `overdue_before`.
_WORKING_DAYS = 3


def overdue_before(now: int, zone: str) -> int:
    """Interests older than this instant have waited three working days (Monday to Friday)."""
    day = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(zone))
    left = _WORKING_DAYS
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < 5
    return min(int(day.timestamp()), now - _WORKING_DAYS * 24 * HOUR)
