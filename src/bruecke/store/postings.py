"""Postings as lists and matching read them: with their organisation and their places."""

from datetime import date, time
from typing import Any

from piccolo.columns import Column

from bruecke.domain.access import Scope
from bruecke.domain.posting import OwnPosting, WaitingPosting
from bruecke.domain.posting import Posting as PostingView
from bruecke.store import rows
from bruecke.store.tables import Opening, Posting, Shift

_COUNTED = " FROM opening n WHERE n.posting = p.id AND (n.shift IS NULL OR n.shift = d.id)"
# Places are those of the next date that has one, else of the next date; without dates, all.
SELECT = (
    "SELECT p.*, o.name AS organisation_name, d.held_on AS next_on,"
    f" (SELECT COALESCE(SUM(n.capacity), 0){_COUNTED}) AS places,"
    f" (SELECT COALESCE(SUM(n.taken), 0){_COUNTED}) AS taken"
    " FROM posting p JOIN organisation o ON o.id = p.organisation"
    " LEFT JOIN shift d ON d.id = (SELECT s.id FROM shift s WHERE s.posting = p.id"
    " AND s.held_on >= {} AND s.state <> 'cancelled' ORDER BY (EXISTS (SELECT 1 FROM opening f"
    " WHERE f.shift = s.id AND f.taken < f.capacity)) DESC, s.held_on, s.starts LIMIT 1)"
)
SELECT_WAITING = SELECT.replace(
    "SELECT p.*,",
    "SELECT p.*, o.verified_at > 0 AS organisation_verified, EXISTS (SELECT 1 FROM membership m"
    " WHERE m.organisation = o.id AND m.role = 'representative' AND m.ended_at = 0) AS has_team,",
    1,
)
_BOOLEANS = (
    "home_visit", "with_children", "meets_new", "organisation_verified", "has_team",
    "activity_unsure", "advance_consent",
)  # fmt: skip
_WAITING = " p.state = 'review' AND p.region = {} AND o.refused_at = 0"
_PUBLIC = " p.state = 'open' AND o.verified_at > 0 AND o.refused_at = 0"

# Of whom the reader itself wants no more; who was blocked by others sees no difference.
_NOT_UNWANTED = (
    " AND NOT EXISTS (SELECT 1 FROM block b WHERE b.person = {} AND b.made_by = 'volunteer'"
    " AND (b.organisation = p.organisation OR b.other = p.contact))"
)


async def _read(today: date, rest: str, *values: object) -> list[PostingView]:
    found = await Posting.raw(SELECT + rest, today, *values)
    return [_view(row) for row in found]


async def listed(
    scope: Scope, today: date, activity: str = "", limit: int = 60, kind: str = ""
) -> list[PostingView]:
    """What volunteers can do in the region: open, of verified organisations, the newest first.

    Requests for support are for advisers: they are listed only when `kind` asks for them. What the
    asking person blocked is left out.
    """
    where, values = f"{_PUBLIC} AND p.region = {{}}", [scope.region]
    if kind:
        where, values = where + " AND p.kind = {}", [*values, kind]
    else:
        where += " AND p.kind <> 'support'"
    if activity:
        where, values = where + " AND p.activity = {}", [*values, activity]
    if scope.person:
        where, values = where + _NOT_UNWANTED, [*values, scope.person]
    order = " ORDER BY p.published_at DESC, p.id LIMIT {}"
    return await _read(today, f" WHERE{where}{order}", *values, limit)


async def among(ids: list[str], today: date) -> dict[str, PostingView]:
    """Those of some postings that anybody may see, by id."""
    if not ids:
        return {}
    marks = ", ".join(["{}"] * len(ids))
    return {
        one.id: one for one in await _read(today, f" WHERE{_PUBLIC} AND p.id IN ({marks})", *ids)
    }


async def open_of(organisation: str) -> list[str]:
    """The open postings of an organisation, whether or not it is verified."""
    found = await Posting.select(Posting.id).where(
        (Posting.organisation == organisation) & (Posting.state == "open")
    )
    return [row["id"] for row in found]


async def get(scope: Scope, today: date, posting: str) -> PostingView | None:
    """A posting anybody may see, or one of an organisation the asker speaks for."""
    public = await _read(today, f" WHERE{_PUBLIC} AND p.id = {{}}", posting)
    if public:
        return public[0]
    return await own(scope, today, posting)


async def of_organisation(scope: Scope, today: date, organisation: str) -> list[OwnPosting]:
    """All postings of an organisation, drafts too, for those who speak for it."""
    if organisation not in scope.organisations:
        return []
    rest = " WHERE p.organisation = {} ORDER BY p.created_at DESC, p.id LIMIT 60"
    found = await Posting.raw(SELECT + rest, today, organisation)
    return [own_view(row) for row in found]


async def public_of(today: date, organisation: str) -> list[PostingView]:
    """What a verified organisation looks for at the moment."""
    return await _read(
        today,
        f" WHERE{_PUBLIC} AND p.organisation = {{}} ORDER BY p.published_at DESC, p.id LIMIT 60",
        organisation,
    )


async def hold(posting: str) -> bool:
    """Keeps a posting from being closed or changed until the transaction ends; False if it is."""
    return bool(
        await Posting.raw(
            "UPDATE posting SET state = state WHERE id = {} AND state <> 'closed' RETURNING id",
            posting,
        )
    )


async def count_open(region: str) -> int:
    """How many postings of a region are open to everybody."""
    found = await Posting.raw(
        "SELECT COUNT(*) AS n FROM posting p JOIN organisation o ON o.id = p.organisation"
        f" WHERE{_PUBLIC} AND p.kind <> 'support' AND p.region = {{}}",
        region,
    )
    return int(found[0]["n"])


async def add(posting: Posting, openings: list[Opening], shifts: list[Shift] | None = None) -> None:
    """A new posting with its shifts and openings."""
    await Posting.insert(posting)
    if shifts:
        await Shift.insert(*shifts)
    if openings:
        await Opening.insert(*openings)


def _view(row: dict[str, Any]) -> PostingView:
    return rows.struct(_fields(row, PostingView), PostingView)


def own_view(row: dict[str, Any]) -> OwnPosting:
    """A row of SELECT as those see it who answer for the posting."""
    return rows.struct(_fields(row, OwnPosting), OwnPosting)


def _fields(row: dict[str, Any], kind: type[PostingView]) -> dict[str, Any]:
    fields = {name: row[name] for name in kind.__struct_fields__ if name in row}
    # Raw rows come as SQLite keeps them: dates and times as text, booleans as numbers.
    for name in ("starts_on", "last_date", "next_on", "review_by"):
        if isinstance(fields.get(name), str):
            fields[name] = date.fromisoformat(fields[name])
    for name in ("starts_time", "ends_time"):
        if isinstance(fields[name], str):
            fields[name] = time.fromisoformat(fields[name])
    for name in _BOOLEANS:
        if name in fields:
            fields[name] = bool(fields[name])
    fields["places"], fields["taken"] = int(row["places"]), int(row["taken"])
    return fields


async def change_contact(organisation: str, was: str, becomes: str) -> None:
    """Who answers for an organisation's postings from now on, in place of `was`."""
    await Posting.update({Posting.contact: becomes}).where(
        (Posting.organisation == organisation) & (Posting.contact == was)
    )


async def own(scope: Scope, today: date, posting: str) -> OwnPosting | None:
    """A posting of an organisation the asker speaks for, in every state."""
    found = await Posting.raw(f"{SELECT} WHERE p.id = {{}}", today, posting)
    return next(
        (own_view(row) for row in found if row["organisation"] in scope.organisations), None
    )


async def for_desk(scope: Scope, today: date, posting: str) -> WaitingPosting | None:
    """A posting that waits at the desk of the asker's region."""
    rest = f" WHERE{_WAITING} AND p.id = {{}}"
    found = await Posting.raw(SELECT_WAITING + rest, today, scope.region, posting)
    return _waiting(found[0]) if found else None


async def in_review(
    scope: Scope, today: date, limit: int = 30, start: int = 0
) -> list[WaitingPosting]:
    """What waits for the desk of a region, the longest first, from `start` on.

    What one import brought stands by organisation: one call decides on all of it.
    """
    rest = f" WHERE{_WAITING} ORDER BY p.created_at, o.name, p.id LIMIT {{}} OFFSET {{}}"
    values = (today, scope.region, limit, start)
    return [_waiting(row) for row in await Posting.raw(SELECT_WAITING + rest, *values)]


async def count_in_review(region: str) -> int:
    """How many postings wait for the desk of a region."""
    found = await Posting.raw(
        "SELECT COUNT(*) AS n FROM posting p JOIN organisation o ON o.id = p.organisation"
        f" WHERE{_WAITING}",
        region,
    )
    return int(found[0]["n"])


def _waiting(row: dict[str, Any]) -> WaitingPosting:
    return rows.struct(_fields(row, WaitingPosting), WaitingPosting)


async def has_published(organisation: str) -> bool:
    """Whether an organisation has had any posting in public."""
    return bool(
        await Posting.exists().where(
            (Posting.organisation == organisation) & (Posting.published_at > 0)
        )
    )


async def last_place(organisation: str) -> dict[str, Any]:
    """Where an organisation's newest published posting took place."""
    found = (
        await Posting.select(Posting.area, Posting.venue, Posting.postcode)
        .where((Posting.organisation == organisation) & (Posting.published_at > 0))
        .order_by(Posting.published_at, ascending=False)
        .first()
    )
    return dict(found) if found else {}


async def change(posting: str, states: tuple[str, ...], columns: dict[str, Any]) -> bool:
    """Writes `columns` where the posting is still in one of `states`; one caller wins."""
    values: dict[Column | str, Any] = dict(columns.items())
    found = (
        await Posting.update(values)
        .where((Posting.id == posting) & Posting.state.is_in(list(states)))
        .returning(Posting.id)
    )
    return bool(found)
