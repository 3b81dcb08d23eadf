"""Signed-in devices: found by the hash of their cookie."""

import msgspec

from bruecke.domain.access import Actor, Seat
from bruecke.store.matches.waiting import (
    AT_DESK,
    AT_ONCE,
    AT_ORGANISATION,
    CALL_AFTER,
    NOT_OWN,
)
from bruecke.store.tables import Login

# What a seat's pages list first, counted with the login so that a tab costs no query of its own.
# Only as far as a list goes: the numbers on one page agree, and no page pays for a long queue.
_COUNTED = (
    "(SELECT COUNT(*) FROM (SELECT 1 AS one FROM match m JOIN posting p ON p.id = m.posting"
    f" WHERE {{}} LIMIT {AT_ONCE}) AS waits)"
)
_DESK = _COUNTED.format(f"p.region = s.region AND {AT_DESK} AND{NOT_OWN.format('w.id', 'w.id')}")
_HOME = _COUNTED.format(
    f"p.organisation = s.organisation AND m.person <> w.id AND {AT_ORGANISATION}"
)


class Known(msgspec.Struct, frozen=True):
    """A login that is still good, and what is needed to keep it so."""

    actor: Actor
    seen_at: int


class Device(msgspec.Struct, frozen=True):
    """A signed-in device as its owner sees it."""

    id: str
    device: str
    method: str
    seen_at: int


async def add(
    login: str, person: str, method: str, shared_phone: bool, device: str, now: int, life: int
) -> None:
    """A new login; `login` is the hash of the cookie, `life` its idle seconds."""
    await Login.insert(
        Login(
            id=login,
            person=person,
            method=method,
            shared_phone=shared_phone,
            device=device[:60],
            created_at=now,
            seen_at=now,
            expires_at=now + life,
        )
    )


async def find(login: str, now: int) -> Known | None:
    """The actor behind a login that has not ended: person and seats in one query."""
    found = await Login.raw(
        "SELECT l.method, l.shared_phone, l.seen_at, w.id, w.name, w.region, w.reading_language,"
        " s.role, s.organisation, s.region AS seat_region, (SELECT COUNT(*) FROM notification n"
        " WHERE n.person = w.id AND n.read_at = 0 AND n.covered_at = 0"
        " AND n.visible_from_at <= {}) AS unread,"
        " (SELECT COUNT(*) FROM match f WHERE f.person = w.id AND f.state = 'offered') AS offered,"
        f" CASE s.role WHEN 'coordinator' THEN {_DESK} WHEN 'representative' THEN {_HOME}"
        " ELSE 0 END AS waiting"
        " FROM login l"
        " JOIN person w ON w.id = l.person"
        " LEFT JOIN membership s ON s.person = w.id AND s.ended_at = 0"
        " WHERE l.id = {} AND l.expires_at > {}",
        now,
        now - CALL_AFTER,
        now,
        now,
        login,
        now,
    )
    if not found:
        return None
    row = found[0]
    seats = tuple(
        Seat(
            seat["role"],
            seat["organisation"] or "",
            seat["seat_region"] or "",
            int(seat["waiting"]),
        )
        for seat in found
        if seat["role"]
    )
    actor = Actor(
        id=row["id"],
        name=row["name"],
        region=row["region"],
        reading_language=row["reading_language"],
        method=row["method"],
        login=login,
        shared_phone=bool(row["shared_phone"]),
        seats=seats,
        unread=int(row["unread"]),
        offered=int(row["offered"]),
    )
    return Known(actor, row["seen_at"])


async def stamp(login: str, now: int, life: int) -> None:
    """Writes down that a login was used, which keeps it alive."""
    await Login.update({Login.seen_at: now, Login.expires_at: now + life}).where(Login.id == login)


async def end(logins: list[str]) -> None:
    """Forgets these logins, whether they have run out or not."""
    if logins:
        await Login.delete().where(Login.id.is_in(logins))


async def devices(person: str, now: int) -> list[Device]:
    """A person's signed-in devices, the last used first; with `now` 0 what has run out too."""
    found = (
        await Login.select(Login.id, Login.device, Login.method, Login.seen_at)
        .where((Login.person == person) & (Login.expires_at > now))
        .order_by(Login.seen_at, ascending=False)
    )
    return [Device(**row) for row in found]


async def owner(login: str) -> str:
    """Whose login this is, whether it has run out or not; "" for one that is gone."""
    found = await Login.select(Login.person).where(Login.id == login)
    return str(found[0]["person"]) if found else ""


async def sweep(now: int) -> None:
    """Forgets logins that have run out, but for those whose device is still told by push."""
    await Login.raw(
        "DELETE FROM login WHERE expires_at <= {} AND NOT EXISTS"
        " (SELECT 1 FROM subscription s WHERE s.login = login.id)",
        now,
    )
