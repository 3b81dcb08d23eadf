"""What volunteer, organisation and desk may see of matches: each read gathers for one of them."""

from typing import Any

from bruecke.domain.access import Scope
from bruecke.domain.match import (
    SELF,
    contact_open,
    offer_deadline,
    organisation_sees,
    shown,
)
from bruecke.domain.views.matches import (
    ForDesk,
    ForOrganisation,
    ForVolunteer,
    InQueue,
)
from bruecke.store.blocks import BARS
from bruecke.store.matches.gathering import Gathered, gather
from bruecke.store.matches.records import UNANSWERED
from bruecke.store.matches.waiting import AT_DESK, AT_ONCE, CALL_AFTER, NOT_OWN
from bruecke.store.tables import Match

_SELECT = (
    "SELECT m.id, m.state, m.prior_state, m.closed_reason, m.visible_from_at, m.moved_at,"
    " m.by_policy, m.created_at, m.reasons, m.person, m.posting, m.opening, n.task, n.shift,"
    " n.capacity, n.taken, p.organisation, p.contact, p.venue, m.calls, m.party_size,"
    f" EXISTS (SELECT 1 FROM block b WHERE {BARS}) AS barred,"
    " CASE WHEN m.visible_from_at > {} THEN (SELECT h.detail FROM history_entry h"
    " WHERE h.thing = 'match' AND h.thing_id = m.id"
    " ORDER BY h.id DESC LIMIT 1) ELSE '' END AS last_move"
    " FROM match m JOIN opening n ON n.id = m.opening JOIN posting p ON p.id = m.posting WHERE "
)
_LIST = 200


async def _rows(where: str, now: int, *values: object) -> list[dict[str, Any]]:
    return [dict(row) for row in await Match.raw(_SELECT + where, now, *values)]


async def for_volunteer(scope: Scope, match: str, now: int) -> ForVolunteer | None:
    """The asking person's own match."""
    found = await _rows("m.id = {} AND m.person = {}", now, match, scope.person)
    return next(iter(await _own(found, now)), None)


async def some_of_volunteer(scope: Scope, matches: list[str], now: int) -> list[ForVolunteer]:
    """Some of the asking person's own matches, in no order."""
    if not matches:
        return []
    places = ", ".join(["{}"] * len(matches))
    found = await _rows(f"m.person = {{}} AND m.id IN ({places})", now, scope.person, *matches)
    return await _own(found, now)


async def of_volunteer(scope: Scope, now: int) -> list[ForVolunteer]:
    """The matches of the asking person, the last moved first.

    Without suggestions that ended unanswered: nothing happened that could be told.
    """
    found = await _rows(
        f"m.person = {{}} AND NOT {UNANSWERED} ORDER BY m.moved_at DESC, m.id LIMIT {{}}",
        now,
        scope.person,
        _LIST,
    )
    return await _own(found, now)


async def _own(found: list[dict[str, Any]], now: int) -> list[ForVolunteer]:
    known = await gather(found)
    return [_for_volunteer(row, known, now) for row in found]


def _for_volunteer(row: dict[str, Any], known: Gathered, now: int) -> ForVolunteer:
    open_now = _contact_open(row, now)
    state = _shown(row, "volunteer", now)
    contact = known.public_contact(row) if _is_narrow(row) else known.organisation_contact(row)
    return ForVolunteer(
        **known.shared(row, state, "volunteer", now),
        opening=row["opening"],
        answer_until=(
            offer_deadline(row["moved_at"], known.begins(row)) if state == "offered" else 0
        ),
        venue=row["venue"] if open_now else "",
        contact=contact if open_now else None,
        public_phone=known.public_phone(row),
    )


async def for_organisation(scope: Scope, match: str, now: int) -> ForOrganisation | None:
    """A match of an organisation the asker speaks for, from approved on; never an own one."""
    found = await _rows("m.id = {} AND m.person <> {}", now, match, scope.person)
    found = [row for row in found if row["organisation"] in scope.organisations]
    return next(iter(await _theirs(found, now)), None)


async def of_organisation(scope: Scope, organisation: str, now: int) -> list[ForOrganisation]:
    """The matches an organisation may see, the last moved first; none for anybody else."""
    if organisation not in scope.organisations:
        return []
    found = await _rows(
        "p.organisation = {} AND m.person <> {} AND m.state IN ('approved', 'confirmed', 'active',"
        " 'paused', 'done', 'closed') ORDER BY m.moved_at DESC, m.id LIMIT {}",
        now,
        organisation,
        scope.person,
        _LIST,
    )
    return await _theirs(found, now)


async def _theirs(found: list[dict[str, Any]], now: int) -> list[ForOrganisation]:
    visible = [row for row in found if _organisation_sees(row, now)]
    known = await gather(visible)
    return [
        ForOrganisation(
            **known.shared(row, _shown(row, "organisation", now), "organisation", now),
            person=row["person"],
            name=known.name(row),
            contact=(
                known.volunteer_contact(row)
                if _contact_open(row, now) and not _is_narrow(row) and not _calls_itself(row)
                else None
            ),
        )
        for row in visible
    ]


def _organisation_sees(row: dict[str, Any], now: int) -> bool:
    state = _shown(row, "organisation", now)
    return organisation_sees(state, row["prior_state"] if state == row["state"] else "")


async def for_desk(scope: Scope, match: str, now: int) -> ForDesk | None:
    """A match of the desk's regions with both sides; what it may not decide on is not there.

    `gates` and `missing` are empty here: `actions.matches.look` fills them.
    """
    found = await _rows(
        f"m.id = {{}} AND p.region IN ({_places(scope)}) AND" + NOT_OWN,
        now,
        match,
        *scope.regions,
        scope.person,
        scope.person,
    )
    known = await gather(found)
    for row in found:
        state = _shown(row, "desk", now)
        if state and row["organisation"] not in scope.organisations:
            return ForDesk(
                **known.shared(row, state, "desk", now),
                person=row["person"],
                volunteer=known.volunteer_contact(row),
                organisation=known.organisation_contact(row),
                places_left=max(0, row["capacity"] - row["taken"]),
                prior_state=row["prior_state"],
                asked_at=row["created_at"],
            )
    return None


async def queue(scope: Scope, now: int, limit: int = AT_ONCE) -> list[InQueue]:
    """What waits for the desk of one or several regions, the oldest first.

    Interests to decide on, paused matches, and associations silent for five days.
    """
    found = await _rows(
        f"p.region IN ({_places(scope)}) AND {AT_DESK} AND"
        + NOT_OWN
        + " ORDER BY m.moved_at, m.id LIMIT {}",
        now,
        *scope.regions,
        now - CALL_AFTER,
        now,
        scope.person,
        scope.person,
        limit,
    )
    known = await gather(found)
    return [
        InQueue(
            **known.shared(row, row["state"], "desk", now),
            person=row["person"],
            name=known.name(row),
            asked_at=row["created_at"],
        )
        for row in found
    ]


def _places(scope: Scope) -> str:
    return ", ".join(["{}"] * len(scope.regions))


def _shown(row: dict[str, Any], side: str, now: int) -> str:
    own = str(row["last_move"] or "").startswith(f"{side} ")
    return shown(row["state"], row["prior_state"], row["visible_from_at"], own, now)


def _calls_itself(row: dict[str, Any]) -> bool:
    # Whoever calls is never called: the number stays with the desk.
    return bool(row["calls"] == SELF)


def _is_narrow(row: dict[str, Any]) -> bool:
    # What no person confirmed opens no person's number (DESIGN 3).
    return bool(row["by_policy"] == "confirmed")


def _contact_open(row: dict[str, Any], now: int) -> bool:
    # A block hides contacts at once, also those of a task that is done.
    return not row["barred"] and contact_open(
        row["state"], row["prior_state"], row["visible_from_at"], row["moved_at"], now
    )
