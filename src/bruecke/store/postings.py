"""Postings as lists and matching read them: with their organisation and their places."""

from datetime import date, time
from typing import Any

from bruecke.domain.access import Scope
from bruecke.domain.posting import Posting as PostingView
from bruecke.store import rows
from bruecke.store.tables import Opening, Posting, Shift

# Places are those of the next date; what has no dates has its places once.
_COUNTED = (
    " FROM opening n WHERE n.posting = p.id AND (n.shift IS NULL OR n.shift = ("
    " SELECT s.id FROM shift s WHERE s.posting = p.id AND s.held_on >= {}"
    " AND s.state <> 'cancelled' ORDER BY s.held_on, s.starts LIMIT 1))"
)
_SELECT = (
    "SELECT p.*, o.name AS organisation_name,"
    " (SELECT MIN(s.held_on) FROM shift s WHERE s.posting = p.id AND s.held_on >= {}"
    " AND s.state <> 'cancelled') AS next_on,"
    f" (SELECT COALESCE(SUM(n.capacity), 0){_COUNTED}) AS places,"
    f" (SELECT COALESCE(SUM(n.taken), 0){_COUNTED}) AS taken"
    " FROM posting p JOIN organisation o ON o.id = p.organisation"
)
_PUBLIC = " p.state = 'open' AND o.verified_at > 0 AND o.refused_at = 0"


async def _read(today: date, rest: str, *values: object) -> list[PostingView]:
    found = await Posting.raw(_SELECT + rest, today, today, today, *values)
    return [_view(row) for row in found]


async def listed(
    scope: Scope, today: date, activity: str = "", limit: int = 60
) -> list[PostingView]:
    """What volunteers can do in the region: open, of verified organisations, the newest first."""
    where, values = f"{_PUBLIC} AND p.kind <> 'support' AND p.region = {{}}", [scope.region]
    if activity:
        where, values = where + " AND p.activity = {}", [*values, activity]
    order = " ORDER BY p.published_at DESC, p.id LIMIT {}"
    return await _read(today, f" WHERE{where}{order}", *values, limit)


async def get(scope: Scope, today: date, posting: str) -> PostingView | None:
    """A posting anybody may see, or one of an organisation the asker speaks for."""
    public = await _read(today, f" WHERE{_PUBLIC} AND p.id = {{}}", posting)
    if public:
        return public[0]
    found = await _read(today, " WHERE p.id = {}", posting)
    return next((own for own in found if own.organisation in scope.organisations), None)


async def of_organisation(scope: Scope, today: date, organisation: str) -> list[PostingView]:
    """All postings of an organisation, drafts too, for those who speak for it."""
    if organisation not in scope.organisations:
        return []
    return await _read(
        today,
        " WHERE p.organisation = {} ORDER BY p.created_at DESC, p.id LIMIT 60",
        organisation,
    )


async def public_of(today: date, organisation: str) -> list[PostingView]:
    """What a verified organisation looks for at the moment."""
    return await _read(
        today,
        f" WHERE{_PUBLIC} AND p.organisation = {{}} ORDER BY p.published_at DESC, p.id LIMIT 60",
        organisation,
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
    fields = {name: row[name] for name in PostingView.__struct_fields__ if name in row}
    # Raw rows come as SQLite keeps them: dates and times as text, booleans as numbers.
    for name in ("starts_on", "last_date", "next_on"):
        if isinstance(fields[name], str):
            fields[name] = date.fromisoformat(fields[name])
    for name in ("starts_time", "ends_time"):
        if isinstance(fields[name], str):
            fields[name] = time.fromisoformat(fields[name])
    for name in ("home_visit", "with_children", "meets_new"):
        fields[name] = bool(fields[name])
    fields["places"], fields["taken"] = int(row["places"]), int(row["taken"])
    return rows.struct(fields, PostingView)


async def change_contact(organisation: str, was: str, becomes: str) -> None:
    """Who answers for an organisation's postings from now on, in place of `was`."""
    await Posting.update({Posting.contact: becomes}).where(
        (Posting.organisation == organisation) & (Posting.contact == was)
    )
