"""Codes from the desk, and invites: found by their hash, used by a conditional update."""

import msgspec

from bruecke.store.tables import HandOverCode, Invite


class InviteView(msgspec.Struct, frozen=True):
    """An invite that can still be used."""

    id: str
    role: str
    organisation: str | None
    region: str | None
    hand_over: bool
    invited_by: str | None


async def add(code: str, person: str, issued_by: str, now: int, life: int) -> None:
    """A code for `person`; older ones are dead at once."""
    await HandOverCode.delete().where(HandOverCode.person == person)
    await HandOverCode.insert(
        HandOverCode(
            id=code, person=person, issued_by=issued_by, created_at=now, expires_at=now + life
        )
    )


async def use(code: str, now: int) -> str | None:
    """The person a code signs in; only the first caller gets it."""
    rows = (
        await HandOverCode.update({HandOverCode.used_at: now})
        .where(
            (HandOverCode.id == code)
            & (HandOverCode.used_at == 0)
            & (HandOverCode.expires_at > now)
        )
        .returning(HandOverCode.person)
    )
    return str(rows[0]["person"]) if rows else None


async def add_invite(invite: Invite) -> None:
    """A link that lets somebody in."""
    await Invite.insert(invite)


async def get_invite(invite: str, now: int) -> InviteView | None:
    """An invite that is neither used up, revoked nor too old."""
    rows = (
        await Invite.select(
            Invite.id,
            Invite.role,
            Invite.organisation,
            Invite.region,
            Invite.hand_over,
            Invite.invited_by,
        )
        .where((Invite.id == invite) & (Invite.uses_left > 0) & (Invite.expires_at > now))
        .where(Invite.revoked_at == 0)
    )
    return InviteView(**rows[0]) if rows else None


async def use_invite(invite: str, now: int) -> bool:
    """Takes one use; False when somebody else took the last one."""
    rows = await Invite.raw(
        "UPDATE invite SET uses_left = uses_left - 1 WHERE id = {} AND uses_left > 0"
        " AND revoked_at = 0 AND expires_at > {} RETURNING id",
        invite,
        now,
    )
    return bool(rows)


async def sweep(now: int) -> None:
    """Forgets codes and invites that have ended."""
    await HandOverCode.delete().where(HandOverCode.expires_at <= now)
    await Invite.delete().where(Invite.expires_at <= now)


async def find_invite(invite: str) -> InviteView | None:
    """An invite, used up or not: only for whoever used it up."""
    rows = await Invite.select(
        Invite.id,
        Invite.role,
        Invite.organisation,
        Invite.region,
        Invite.hand_over,
        Invite.invited_by,
    ).where(Invite.id == invite)
    return InviteView(**rows[0]) if rows else None


async def count_invites(organisation: str, now: int) -> int:
    """How many links into a team can still be used."""
    return int(
        await Invite.count().where(
            (Invite.organisation == organisation)
            & (Invite.uses_left > 0)
            & (Invite.revoked_at == 0)
            & (Invite.expires_at > now)
        )
    )


async def revoke_invites(organisation: str, now: int, invited_by: str = "") -> None:
    """Ends the open invites of an organisation, or only those one person made."""
    where = (Invite.organisation == organisation) & (Invite.revoked_at == 0)
    if invited_by:
        where = where & (Invite.invited_by == invited_by)
    await Invite.update({Invite.revoked_at: now}).where(where)
