"""The life cycle of a match (DESIGN 3): which move leads where, who may make it, who sees it."""

from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bruecke.domain.errors import MatchMoved

NEW = ""  # a pair nobody stored yet
OPEN: tuple[str, ...] = (
    "suggested", "interested", "waitlisted", "offered", "approved", "confirmed", "active", "paused",
)  # fmt: skip
STATES: tuple[str, ...] = (*OPEN, "done", "closed")
ACTORS: tuple[str, ...] = ("volunteer", "organisation", "desk", "policy", "system")
CLOSED_REASONS: tuple[str, ...] = (
    "organisation_silent", "no_contact", "not_suitable", "no_time", "moved", "unsafe", "withdrawn",
    "refused", "declined", "expired", "posting_closed", "desk_late", "blocked",
)  # fmt: skip
# What a person may choose when it says no for a side; the others are said by the system.
DESK_REASONS: tuple[str, ...] = ("no_contact", "not_suitable", "no_time", "moved", "unsafe")
REFUSAL_REASONS: tuple[str, ...] = ("refused", "not_suitable", "no_time", "unsafe")

# What a suggestion ends with when the person itself said so; every other end is no answer.
ANSWERS: tuple[str, ...] = ("declined", "withdrawn")

# Who calls whom once contacts are open: both may, or only the volunteer sees the other's contact.
BOTH, SELF = "both", "self"
CALLS: tuple[str, ...] = (BOTH, SELF)
MOST_COUNTED = 3  # "3+"
# As long as contacts are not open, the volunteer may choose anew.
ARRANGES: tuple[str, ...] = ("interested", "waitlisted", "offered", "approved")

# States that hold a place; "done" keeps the one it had.
TAKES = frozenset({"offered", "approved", "confirmed", "active", "paused"})
HOLDS = TAKES | {"done"}
AGREED = frozenset({"approved", "confirmed", "active", "paused", "done"})
TOGETHER = frozenset({"confirmed", "active"})
# Kept on a "done" that time brought about and nobody told of: reports do not count it as met.
UNREPORTED = "unreported"

MINUTE, HOUR, DAY = 60, 3_600, 86_400
UNDO_USER = 10
UNDO_DESK = 30
OPEN_INTERESTS = 3
SUGGESTED_DAYS = 14
SILENT_DAYS = 10
FINISHED_DAYS = 7
CONTACT_DAYS = 14
LONGEST_OFFER = 2 * DAY


class Step(NamedTuple):
    """Where an event leads, and who may bring it about."""

    to: str
    actors: frozenset[str]


def _by(to: str, *actors: str) -> Step:
    return Step(to, frozenset(actors))


_SEEN_BY_ORGANISATION = ("approved", "confirmed", "active", "paused")

# "accept" and "resume" depend on what came before; `move` decides between their two or more ends.
TABLE: dict[tuple[str, str], Step] = {
    (NEW, "yes"): _by("interested", "volunteer"),
    (NEW, "no"): _by("closed", "volunteer"),
    ("suggested", "yes"): _by("interested", "volunteer"),
    ("suggested", "no"): _by("closed", "volunteer"),
    ("suggested", "expire"): _by("closed", "system"),
    ("interested", "approve"): _by("approved", "desk", "policy"),
    ("interested", "refuse"): _by("closed", "desk", "organisation"),
    ("approved", "refuse"): _by("closed", "desk", "organisation"),
    ("approved", "confirm"): _by("confirmed", "organisation", "desk", "policy"),
    ("approved", "silence"): _by("closed", "system"),
    ("confirmed", "meet"): _by("active", "volunteer", "organisation", "system"),
    ("confirmed", "finish"): _by("done", "system"),
    ("active", "finish"): _by("done", "volunteer", "organisation", "system"),
    ("waitlisted", "offer"): _by("offered", "system"),
    ("offered", "accept"): _by("interested", "volunteer"),
    ("offered", "no"): _by("closed", "volunteer"),
    ("offered", "expire"): _by("closed", "system"),
    ("approved", "problem"): _by("paused", "volunteer", "organisation", "desk"),
    ("confirmed", "problem"): _by("paused", "volunteer", "organisation", "desk"),
    ("active", "problem"): _by("paused", "volunteer", "organisation", "desk"),
    ("paused", "resume"): _by("active", "desk"),
    **{
        (state, "withdraw"): (
            _by("closed", "volunteer", "organisation")
            if state in _SEEN_BY_ORGANISATION
            else _by("closed", "volunteer")
        )
        for state in OPEN
    },
    # The desk ends what does not go on; the system what lost its posting, person or organisation.
    **{(state, "close"): _by("closed", "desk", "system") for state in OPEN},
}
EVENTS: tuple[str, ...] = tuple(dict.fromkeys(event for _, event in TABLE))


def move(state: str, event: str, actor: str, *, place_free: bool = True, prior: str = "") -> str:
    """The state `event` by `actor` (one of ACTORS) leads to from `state`.

    Without a free place "yes" and "approve" lead to "waitlisted". `prior` is the match's
    prior_state: an offered match was approved before if the desk had said yes ("interested"), a
    paused one goes on where it stood. Raises MatchMoved(state) for every other pair.
    """
    step = TABLE.get((state, event))
    if step is None or actor not in step.actors:
        raise MatchMoved(state)
    if event in ("yes", "approve") and not place_free:
        return "waitlisted"
    if event == "accept" and prior == "interested":
        return "approved"
    if event == "resume":
        if prior not in ("approved", "confirmed", "active"):
            raise MatchMoved(state)
        return prior
    return step.to


def places_moved(before: str, after: str) -> int:
    """1 where the move takes a place, -1 where it frees one, else 0."""
    return (after in HOLDS) - (before in HOLDS)


def undo_seconds(actor: str) -> int:
    """How long a side may take its move back before the others see it (DESIGN 2.7)."""
    return {"desk": UNDO_DESK, "volunteer": UNDO_USER, "organisation": UNDO_USER}.get(actor, 0)


def shown(state: str, prior: str, visible_from_at: int, own_move: bool, now: int) -> str:
    """What one side sees: its own move at once, another's from `visible_from_at` on."""
    return state if own_move or visible_from_at <= now else prior


def unanswered(state: str, prior: str, closed_reason: str) -> bool:
    """A suggestion that ended before the person said anything: it may still be said."""
    return state == "closed" and prior == "suggested" and closed_reason not in ANSWERS


def organisation_sees(state: str, prior: str) -> bool:
    """From approved on; a closed one only where it had come so far."""
    return state in AGREED or (state == "closed" and prior in AGREED)


def rests_on_desk(state: str, prior: str) -> bool:
    """Whether a yes of the desk stands: the person goes on, or waits in line after it."""
    return state in AGREED - {"done"} or (
        state in ("waitlisted", "offered") and prior == "interested"
    )


def contact_open(state: str, prior: str, visible_from_at: int, moved_at: int, now: int) -> bool:
    """Whether both sides see each other's contact; all instants are UTC seconds.

    Open from confirmed once the undo has run out, through active and a pause of either, until 14
    days after done; never after closed.
    """
    if state == "done":
        return now < moved_at + CONTACT_DAYS * DAY
    if state == "paused":
        return prior in TOGETHER
    return state in TOGETHER and (visible_from_at <= now or prior in TOGETHER)


class Before(NamedTuple):
    """Where a match stood before its last move, and which side made it: what undo restores."""

    side: str
    state: str
    prior_state: str
    closed_reason: str
    moved_at: int
    visible_from_at: int

    def text(self) -> str:
        """For the history: words and instants, nothing of a person."""
        return " ".join(str(part) or "-" for part in self)

    @classmethod
    def read(cls, text: str) -> "Before | None":
        """What `text` holds, None for an entry that is no move."""
        parts = ["" if part == "-" else part for part in text.split()]
        if len(parts) != len(cls._fields):
            return None
        side, state, prior, reason, moved, visible = parts
        return cls(side, state, prior, reason, int(moved), int(visible))


def starts_at(held_on: date, starts: time | None, zone: str) -> int:
    """The instant a local appointment begins; without a time the whole day counts."""
    return int(datetime.combine(held_on, starts or time(23, 59), ZoneInfo(zone)).timestamp())


def offer_deadline(offered_at: int, begins_at: int | None) -> int:
    """Until when an offered place is held: two days, or half the time left before it begins."""
    if begins_at is None:
        return offered_at + LONGEST_OFFER
    return offered_at + max(0, min(LONGEST_OFFER, (begins_at - offered_at) // 2))
