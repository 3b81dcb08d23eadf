"""Sends pushes: encrypted by pywebpush, posted by ourselves, within bounds it does not keep."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Literal

import aiohttp
import msgspec
from pywebpush import WebPusher
from yarl import URL

from bruecke.actions import outgoing, subscriptions
from bruecke.actions.outgoing import PushMessage
from bruecke.clock import DAY, now
from bruecke.delivery.again import Later, give_up
from bruecke.delivery.closing import Closing
from bruecke.delivery.push_hosts import LONGEST_REST, Host
from bruecke.domain.errors import DomainError
from bruecke.domain.push_endpoint import WINDOWS, origin_of
from bruecke.language import pushes
from bruecke.settings import settings
from bruecke.store import deliveries
from bruecke.store import subscriptions as kept
from bruecke.store.deliveries import Claimed
from bruecke.store.subscriptions import Target
from bruecke.vapid import Vapid, vapid

log = logging.getLogger("bruecke.push")

AT_ONCE = 20
TOTAL, CONNECT = 10, 3
MOST_READ = 2_000
# Days in a row that a push service may refuse us before we believe it.
REFUSALS = 3

Verdict = Literal["delivered", "gone", "refused", "too_large", "later"]


def judge(status: int) -> Verdict:
    """What the status of an answer means (RFC 8030, 5 and 7; RFC 8292, 4)."""
    if 200 <= status < 300:
        return "delivered"
    if status in (404, 410):
        return "gone"
    if status == 413:
        return "too_large"
    if status in (408, 425, 429) or status >= 500:
        return "later"
    # Redirects too: they are never followed, or a push service could send us anywhere.
    return "refused"


def seconds_of(retry_after: str, at: int) -> int:
    """Seconds a Retry-After asks for, in either of its forms; 0 for nonsense, an hour at most."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(int(retry_after[:9]), LONGEST_REST)
    try:
        until = int(parsedate_to_datetime(retry_after).timestamp())
    except (ValueError, TypeError, OverflowError):
        return 0
    return max(0, min(until - at, LONGEST_REST))


class PushDoor:
    """One connection pool for all pushes of a process, and what it knows of each host."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._hosts: dict[str, Host] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self._closing = Closing()
        self._targets: dict[str, Target] = {}

    async def look_up(self, rows: list[Claimed]) -> None:
        """Finds the devices of a whole batch with one question."""
        found = await kept.find([row.subscription for row in rows if row.subscription])
        self._targets.update(
            (row.id, found[row.subscription]) for row in rows if row.subscription in found
        )

    async def close(self) -> None:
        """Ends the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, row: Claimed) -> None:
        """Sends one row and records what came of it. Raises Later, or Resting for its host."""
        target = self._targets.pop(row.id, None)
        message = outgoing.read_push(row.sealed)
        if target is None or now() >= message.expires_at:
            await deliveries.done(row.id, "void", now())
            return
        verdict, status = await self._try(target, message)
        if verdict == "too_large":
            # Never again as it was: once more with a text that every service takes.
            small = pushes.something_new(target.language, message.topic)
            verdict, status = await self._try(
                target, msgspec.structs.replace(message, payload=small)
            )
        log.info("push %s (%d): %s %s", verdict, status, _host(target), target.endpoint_hash[:8])
        if verdict == "delivered":
            await self._closing.delivered(row.id, target.id)
        else:
            await _OUTCOMES[verdict](row, target, message, status)

    async def _try(self, target: Target, message: PushMessage) -> tuple[Verdict, int]:
        """The verdict and the status behind it, 0 where nothing was asked."""
        key = vapid()
        if key is None:
            raise Later("push is off")
        try:
            origin = origin_of(target.endpoint, settings().extra_push_hosts)
        except DomainError:
            # The list has become narrower since it was saved.
            return "gone", 0
        if target.vapid_key != key.id:
            return "refused", 0
        host = self._host(origin)
        await host.take_turn(now())
        try:
            async with self._places:
                status, wait = await self._post(host, key, target, message)
        except (aiohttp.ClientError, OSError) as problem:
            host.failed(now(), 0)
            raise Later(type(problem).__name__) from problem
        finally:
            host.end_turn()
        verdict = judge(status)
        if verdict == "later":
            host.failed(now(), wait)
            raise Later(str(status), wait)
        host.answered()
        return verdict, status

    async def _post(
        self, host: Host, key: Vapid, target: Target, message: PushMessage
    ) -> tuple[int, int]:
        """Status and Retry-After in seconds."""
        at = now()
        keys = {"p256dh": target.p256dh, "auth": target.auth}
        encoded = WebPusher({"endpoint": target.endpoint, "keys": keys}).encode(
            message.payload.encode()
        )
        headers = {
            "Authorization": host.header(key, at),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(max(1, min(message.ttl, message.expires_at - at))),
            "Topic": message.topic,
            "Urgency": message.urgency,
        }
        if host.origin.endswith(WINDOWS):
            headers["X-WNS-Cache-Policy"] = "cache"
        async with self._opened().post(
            URL(target.endpoint, encoded=True),
            data=encoded["body"],
            headers=headers,
            allow_redirects=False,
        ) as answer:
            # Read to its end, or the connection could not be used again.
            with suppress(aiohttp.ClientError, TimeoutError):
                await _drain(answer)
            return answer.status, seconds_of(answer.headers.get("Retry-After", ""), at)

    def _host(self, origin: str) -> Host:
        return self._hosts.setdefault(origin, Host(origin))

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=AT_ONCE),
                timeout=aiohttp.ClientTimeout(total=TOTAL, connect=CONNECT),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )
        return self._session


async def _drain(answer: aiohttp.ClientResponse) -> None:
    read = 0
    async for chunk in answer.content.iter_any():
        read += len(chunk)
        if read > MOST_READ:
            return


def _host(target: Target) -> str:
    return target.endpoint.split("/")[2]


async def _gone(row: Claimed, target: Target, _: PushMessage, status: int) -> None:
    await subscriptions.lose(target, row.id, row.message, str(status), now())


async def _refused(row: Claimed, target: Target, message: PushMessage, status: int) -> None:
    """Most often our own mistake: nobody's device is given up for it before the third day."""
    if await kept.refused(target, now(), now() - DAY) >= REFUSALS:
        await _gone(row, target, message, status)
    elif now() + DAY < message.expires_at:
        await deliveries.again(row.id, now() + DAY, str(status))
    else:
        await give_up(row, str(status), now())


async def _too_large(row: Claimed, _: Target, __: PushMessage, status: int) -> None:
    await give_up(row, str(status), now())


_OUTCOMES: dict[str, Callable[[Claimed, Target, PushMessage, int], Awaitable[None]]] = {
    "gone": _gone,
    "refused": _refused,
    "too_large": _too_large,
}
