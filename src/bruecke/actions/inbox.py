"""The inbox: what a person should know, read by opening it."""

import msgspec

from bruecke.domain.access import Actor, scope_of
from bruecke.domain.notification import path_of
from bruecke.domain.posting import Posting
from bruecke.store import matches, notifications
from bruecke.store.notifications import Told


class Line(msgspec.Struct, frozen=True):
    """One notification with the posting it speaks of and where it leads."""

    told: Told
    posting: Posting
    path: str


async def open_inbox(actor: Actor, now: int) -> list[Line]:
    """The newest first; what was unread is marked read, and is still told apart in the answer."""
    found = await notifications.inbox(scope_of(actor), now)
    postings = await matches.postings_of(sorted({one.posting for one in found}))
    await notifications.read_all(actor.id, now)
    return [
        Line(one, postings[one.posting], path_of(one.kind, one.match, one.organisation))
        for one in found
    ]
