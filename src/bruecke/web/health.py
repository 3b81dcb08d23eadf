"""For those who watch over the machine: does the process answer, can it work?"""

from typing import Any

from litestar import Response

from bruecke.clock import MINUTE, now
from bruecke.store import deliveries, facts
from bruecke.web.http.routes import show

STUCK = 5 * MINUTE


@show("/healthz", policy="public", media_type="text/plain", sync_to_thread=False)
def is_alive() -> str:
    """The process answers; nothing else is asked."""
    return "ok"


@show("/readyz", policy="public")
async def is_ready() -> Response[str]:
    """Database and outbox work; 503 while they do not."""
    try:
        await facts.answers()
        waiting = await deliveries.oldest_waiting(now())
    except Exception:
        return Response("database", status_code=503, media_type="text/plain")
    if waiting > STUCK:
        return Response("outbox", status_code=503, media_type="text/plain")
    return Response("ready", media_type="text/plain")


ROUTES: list[Any] = [is_alive, is_ready]
