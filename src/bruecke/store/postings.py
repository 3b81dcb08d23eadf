"""Postings as lists and matching read them: with their organisation and their places."""

from datetime import date, time
from typing import Any

from bruecke.domain.access import Scope
from bruecke.domain.posting import Posting as PostingView
from bruecke.store import rows
from bruecke.store.tables import Opening, Posting, Shift

_SELECT = (
    "SELECT p.*, o.name AS organisation_name,"
    " (SELECT COALESCE(SUM(capacity), 0) FROM opening WHERE posting = p.id) AS places,"
    " (SELECT COALESCE(SUM(taken), 0) FROM opening WHERE posting = p.id) AS taken"
    " FROM posting p JOIN organisation o ON o.id = p.organisation"
)
_PUBLIC = " p.state = 'open' AND o.verified_at > 0 AND o.refused_at = 0"


async def listed(scope: Scope, activity: str = "", limit: int = 60) -> list[PostingView]:
    """Open postings of verified organisations in the region; most places left first."""
    where, values = f"{_PUBLIC} AND p.region = {{}}", [scope.region]
    if activity:
        where, values = where + " AND p.activity = {}", [*values, activity]
    found = await Posting.raw(
        f"{_SELECT} WHERE{where} ORDER BY p.published_at DESC, p.id LIMIT {{}}", *values, limit
    )
    return [_view(row) for row in found]


async def get(scope: Scope, posting: str) -> PostingView | None:
    """A posting anybody may see, or one of an organisation the asker speaks for."""
    found = await Posting.raw(f"{_SELECT} WHERE p.id = {{}}", posting)
    if not found:
        return None
    row = found[0]
    if row["organisation"] in scope.organisations:
        return _view(row)
    public = await Posting.raw(f"{_SELECT} WHERE{_PUBLIC} AND p.id = {{}}", posting)
    return _view(public[0]) if public else None


async def of_organisation(scope: Scope, organisation: str) -> list[PostingView]:
    """All postings of an organisation, drafts too, for those who speak for it."""
    if organisation not in scope.organisations:
        return []
    found = await Posting.raw(
        f"{_SELECT} WHERE p.organisation = {{}} ORDER BY p.created_at DESC, p.id LIMIT 60",
        organisation,
    )
    return [_view(row) for row in found]


async def public_of(organisation: str) -> list[PostingView]:
    """What a verified organisation looks for at the moment."""
    found = await Posting.raw(
        f"{_SELECT} WHERE{_PUBLIC} AND p.organisation = {{}} ORDER BY p.published_at DESC, p.id"
        " LIMIT 60",
        organisation,
    )
    return [_view(row) for row in found]


async def count_open(region: str) -> int:
    """How many postings of a region are open to everybody."""
    found = await Posting.raw(
        "SELECT COUNT(*) AS n FROM posting p JOIN organisation o ON o.id = p.organisation"
        f" WHERE{_PUBLIC} AND p.region = {{}}",
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
    for name in ("starts_on", "last_date"):
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
