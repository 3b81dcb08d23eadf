"""What leaves for a device: a row in the outbox, written in the caller's transaction."""

import re

import msgspec

from bruecke.domain.notification import Urgency
from bruecke.keys import seal, unseal
from bruecke.store import deliveries

# Mozilla's bridge to phones carries 2,744 bytes with 103 of them for the encryption.
MOST_BYTES = 2_600
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")


class PushMessage(msgspec.Struct, frozen=True):
    """What waits in the outbox, sealed, until a push service has it."""

    # Declarative JSON (language/pushes.py).
    payload: str
    # A later message with the same topic takes this one's place at the push service.
    topic: str
    # Seconds the push service may keep it for a phone that is off.
    ttl: int
    urgency: Urgency
    # UTC seconds; from then on it is of no use to anybody.
    expires_at: int


async def queue_push(
    subscription: str,
    person: str,
    message: str,
    kind: str,
    payload: str,
    topic: str,
    ttl: int,
    urgency: Urgency,
    now: int,
    not_before: int = 0,
) -> None:
    """One push to one device, in the running transaction; the same `message` reaches it once.

    `ttl` in seconds counts from `not_before` (UTC seconds) or `now`, whichever is later. Raises
    ValueError for a payload over 2,600 bytes, a topic RFC 8030 does not allow, a ttl of nothing.
    """
    if len(payload.encode()) > MOST_BYTES or not _TOPIC.fullmatch(topic) or ttl <= 0:
        raise ValueError("no push service would carry this")
    waiting = PushMessage(payload, topic, ttl, urgency, max(now, not_before) + ttl)
    await deliveries.queue(
        "push",
        kind,
        seal(msgspec.json.encode(waiting).decode()),
        now,
        person=person,
        message=message,
        subscription=subscription,
        dedupe=f"push:{message}:{subscription}" if message else "",
        not_before=not_before,
    )


def read_push(sealed: str) -> PushMessage:
    """What `queue_push` put away. Raises ValueError when it was sealed with another secret."""
    opened = unseal(sealed)
    if opened is None:
        raise ValueError("sealed with another secret")
    return msgspec.json.decode(opened, type=PushMessage)


async def mail_instead(person: str, message: str, now: int) -> None:
    """Hands a message over to the mailbox, once, unless a device has it or still may get it.

    In the running transaction; nothing happens for what belongs to no message.
    """
    if message and person and not await deliveries.still_reaches(message):
        await deliveries.queue(
            "message", "mail", "", now, person=person, message=message, dedupe=f"mail:{message}"
        )
