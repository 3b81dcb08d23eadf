"""A message on its way: whom it still concerns, whether a phone may ring, and by which channel."""

import msgspec

from bruecke.actions import subscriptions
from bruecke.actions.outgoing import queue_push
from bruecke.domain.notification import DAILY, KINDS, LINK_LIFE, not_before, path_of, tag_of
from bruecke.keys import keyed_hash, seal
from bruecke.language.catalog import text
from bruecke.language.dates import today
from bruecke.language.notices import notice_words
from bruecke.language.pushes import declarative
from bruecke.settings import settings
from bruecke.store import (
    answer_links,
    deliveries,
    notifications,
    recipients,
)
from bruecke.store.ids import token
from bruecke.store.notifications import Told
from bruecke.store.recipients import Reach
from bruecke.store.transaction import transaction


class NoticeMail(msgspec.Struct, frozen=True):
    """What waits in the outbox, sealed, until the mail has left: words and a link, no data."""

    to: str
    subject: str
    text: str


async def send_out(delivery: str, message: str, person: str, kind: str, now: int) -> None:
    """Hands a message on to every device of its person, or to the mailbox where there is none.

    What is no longer true is not sent, nor what nothing could carry; in quiet hours it waits for
    their end. `kind` "mail" means that the last device is gone. All in one transaction: it leaves
    once or not at all.
    """
    async with transaction():
        lines = [line for line in await notifications.of_message(message) if _stands(line)]
        reach = await recipients.reach(person)
        if not lines or reach is None:
            await deliveries.done(delivery, "void", now)
            return
        at = not_before(now, reach.zone, reach.quiet_from, reach.quiet_until)
        if at > now:
            await deliveries.put_back(delivery, at)
            return
        devices = await subscriptions.reachable(person) if kind != "mail" else []
        by_mail = reach.email and (kind == "mail" or lines[0].kind != "suggestion")
        if not devices and not by_mail:
            await deliveries.done(delivery, "void", now)
            return
        path = await _path(lines, reach, now)
        for device in devices:
            await queue_push(
                device.id,
                person,
                message,
                lines[0].kind,
                _payload(lines, device.language, path),
                _topic(lines[0]),
                KINDS[lines[0].kind].ttl,
                KINDS[lines[0].kind].urgency,
                now,
            )
        if not devices:
            await _queue_mail(lines, reach, message, path, now)
        await deliveries.done(delivery, "sent", now)


async def outdated(messages: list[str]) -> set[str]:
    """Those of some messages that say nothing true any more: asked again before every try."""
    said = await notifications.of_messages(sorted({one for one in messages if one}))
    standing = {line.message for line in said if _stands(line)}
    return {line.message for line in said} - standing


async def quiet_until(people: list[str], now: int) -> dict[str, int]:
    """Whose phones may not ring now, with the instant (UTC seconds) from which they may."""
    rings = {
        one.id: not_before(now, one.zone, one.quiet_from, one.quiet_until)
        for one in await recipients.quiet_hours(sorted(set(people)))
    }
    return {person: at for person, at in rings.items() if at > now}


def _stands(line: Told) -> bool:
    # A task that rests for a while takes no yes: nobody is asked about it meanwhile.
    is_open = line.kind != "suggestion" or line.posting_state == "open"
    return not line.covered_at and is_open and line.state in KINDS[line.kind].stands


async def _path(lines: list[Told], reach: Reach, now: int) -> str:
    """Where a tap leads; a suggestion's link answers it even where the login has ended."""
    first = lines[0]
    if first.kind != "suggestion":
        return path_of(first.kind, first.match, first.organisation)
    secret = token()
    await answer_links.add(
        keyed_hash("answer", secret), reach.id, first.message, now, now + LINK_LIFE
    )
    return f"/answers/{secret}"


def _payload(lines: list[Told], language: str, path: str) -> str:
    title, body = notice_words(lines[0].kind, len(lines), language)
    return declarative(title, body, path, language, tag_of(lines[0].kind, lines[0].match))


def _topic(line: Told) -> str:
    """At most 32 URL-safe characters (RFC 8030): a newer message replaces one not yet fetched."""
    return keyed_hash("topic", tag_of(line.kind, line.match))[:32]


async def _queue_mail(lines: list[Told], reach: Reach, message: str, path: str, now: int) -> None:
    subject, body = notice_words(lines[0].kind, len(lines), reach.reading_language)
    closing = text("notices.mail", reach.reading_language)
    mail = NoticeMail(reach.email, subject, f"{body}\n\n{settings().origin}{path}\n\n{closing}\n")
    sealed = seal(msgspec.json.encode(mail).decode())
    kind = lines[0].kind
    dedupe = f"notice:{message}" if kind not in DAILY else f"{kind}:{reach.id}:{today(now)}"
    await deliveries.queue(
        "mail", "notice", sealed, now, person=reach.id, message=message, dedupe=dedupe
    )
