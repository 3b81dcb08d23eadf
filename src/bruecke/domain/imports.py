"""What an import may do: what comes from a file, what is here already, what becomes of each row."""

from collections.abc import Set
from typing import Literal

import msgspec

Outcome = Literal["new", "updated", "unchanged", "older", "decided", "refused"]
# Nobody has looked at these here; everything else belongs to the people of this house.
UNTOUCHED: tuple[str, ...] = ("draft", "review")
TAKEN: tuple[Outcome, ...] = ("new", "updated", "unchanged")


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a file in our words; `row` counts from 1, `key` is the same in every export.

    `fits` is False where `activity` only holds the place until somebody chooses one. `losses` says
    in words what of the row could not come along; `edited_at` is UTC seconds.
    """

    row: int
    key: str
    edited_at: int
    organisation_key: str
    organisation: str
    purpose: str
    stage: str
    contactable: bool
    title: str
    text: str
    activity: str
    fits: bool
    format: str
    slots: int
    area: str
    venue: str
    postcode: str
    places: int
    with_children: bool
    home_visit: bool
    losses: tuple[str, ...] = ()


class NotTaken(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot come in, and why, in words."""

    row: int
    key: str
    why: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An imported posting as it stands here; `touched` when anybody here edited or answered it."""

    id: str
    key: str
    organisation: str
    state: str
    published_at: int
    edited_at: int
    touched: bool
    batch: str
    says: dict[str, object]


class Host(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation that is here already, by the file's key or by its name."""

    id: str
    key: str
    name: str
    refused: bool = False


def state_of(offered: Offered) -> str:
    """What may not be contacted is a draft, the rest waits for the desk."""
    return "review" if offered.contactable else "draft"


def is_untouched(kept: Kept) -> bool:
    """Nobody here published, edited or answered it: a later file or an undo may write it."""
    return kept.state in UNTOUCHED and not kept.published_at and not kept.touched


def outcome(
    offered: Offered, says: dict[str, object], kept: Kept | None, host: Host | None
) -> Outcome:
    """What becomes of a row that would make a posting say `says`.

    A refused organisation gets nothing. What somebody here published, edited or answered stays as
    it is; an export that is older than the last one writes nothing.
    """
    if host is not None and host.refused:
        return "refused"
    if kept is None:
        return "new"
    untouched = is_untouched(kept)
    same_state = kept.state == state_of(offered) if untouched else offered.contactable
    if kept.says == says and (same_state or kept.state == "closed"):
        return "unchanged"
    if not untouched:
        return "decided"
    return "older" if offered.edited_at < kept.edited_at else "updated"


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one row; `why` is "" but for rows that could not be read."""

    row: int
    key: str
    outcome: Outcome | Literal["unreadable"]
    losses: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether what the row says stands here now."""
        return self.outcome in TAKEN


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Every row of a file with what became of it.

    `gone` are keys of earlier imports that the file no longer has; `batch` is "" where nothing
    was written.
    """

    results: tuple[Result, ...]
    organisations: int = 0
    gone: tuple[str, ...] = ()
    batch: str = ""

    @property
    def clean(self) -> int:
        """Rows taken whole."""
        return sum(one.is_taken and not one.losses for one in self.results)

    @property
    def with_loss(self) -> int:
        """Rows taken with something missing."""
        return sum(one.is_taken and bool(one.losses) for one in self.results)

    @property
    def not_taken(self) -> int:
        """Rows that changed nothing and are not here as the file has them."""
        return sum(not one.is_taken for one in self.results)

    def written_as(self, batch: str, left: Set[str]) -> "Report":
        """The report of a batch that had to leave the keys `left` as somebody here decided."""
        results = tuple(
            msgspec.structs.replace(one, outcome="decided") if one.key in left else one
            for one in self.results
        )
        return msgspec.structs.replace(self, results=results, batch=batch)

    def count(self, outcome: str) -> int:
        """Rows with this outcome."""
        return sum(one.outcome == outcome for one in self.results)


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """What an undo took back, and what stays because somebody here has a hand in it."""

    removed: int = 0
    restored: int = 0
    organisations: int = 0
    left: tuple[tuple[str, str], ...] = ()
    left_organisations: tuple[str, ...] = ()
