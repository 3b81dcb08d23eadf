"""Who is asking and in which language: read once for each request."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from bruecke.actions import logins
from bruecke.clock import now
from bruecke.domain.access import Actor
from bruecke.language import languages
from bruecke.web.http import cookies


class WhoIsAsking(ASGIMiddleware):
    """Puts the actor into the request's state and sets the language of its texts."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Reads the login cookie; a cookie nobody issued is nobody's."""
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
        secret = cookies.secret(connection, cookies.LOGIN)
        actor = await logins.recognise(secret, now()) if secret else None
        scope["state"]["actor"] = actor
        languages.current.set(language_of(connection, actor))
        await next_app(scope, receive, send)


def language_of(
    connection: ASGIConnection[Any, Any, Any, Any], actor: Actor | None
) -> languages.Language:
    """What this device chose, else what the person reads, else what the browser asks for."""
    return languages.choose(
        connection.cookies.get(cookies.LANGUAGE, ""),
        actor.reading_language if actor else "",
        connection.headers.get("accept-language", ""),
    )


def actor_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Actor | None:
    """The person behind the request, None for a visitor."""
    found = connection.scope["state"].get("actor")
    return found if isinstance(found, Actor) else None


def signed_in(connection: ASGIConnection[Any, Any, Any, Any]) -> Actor:
    """The person behind a request whose policy asks for one."""
    actor = actor_of(connection)
    if actor is None:
        raise RuntimeError("this route's policy lets visitors in")
    return actor
