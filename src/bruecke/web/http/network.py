"""Where a request comes from, without believing what a client says of itself."""

from typing import Any

from litestar.connection import ASGIConnection

from bruecke.settings import settings


def client_network(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The address rate limits count: the right-most one a trusted proxy did not add itself."""
    peer = connection.client.host if connection.client else "local"
    trusted = {part.strip() for part in settings().trusted_proxies.split(",") if part.strip()}
    if peer not in trusted:
        return peer
    hops = [
        h.strip() for h in connection.headers.get("x-forwarded-for", "").split(",") if h.strip()
    ]
    return next((hop for hop in reversed(hops) if hop not in trusted), peer)
