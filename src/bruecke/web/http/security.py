"""Headers on every answer, and the proof that a form is ours."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from bruecke.keys import keyed_hash, same
from bruecke.settings import settings
from bruecke.store.ids import new_id

CSP = "; ".join(
    [
        "default-src 'none'",
        *(
            f"{kind}-src 'self'"
            for kind in ("script", "style", "img", "connect", "manifest", "worker")
        ),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(),"
    " publickey-credentials-get=(self), publickey-credentials-create=(self)",
    "x-frame-options": "DENY",
}
HSTS = "max-age=63072000; includeSubDomains"
VARY = "HX-Request, HX-Request-Type, Cookie, Accept-Language"


async def add_headers(message: Message, scope: Scope) -> None:
    """Runs before every answer leaves, errors and static files included (middleware does not)."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if settings().base_url.startswith("https://"):
        headers.setdefault("strict-transport-security", HSTS)
    if "cache-control" not in headers:
        headers["cache-control"] = "no-store"
        headers["vary"] = VARY


def csrf_token(login: str) -> str:
    """A token of one login: useless for any other, gone with it.

    Fresh on every page, so that compressed pages of one login have no secret in common (BREACH).
    """
    salt = new_id()
    return f"{salt}.{keyed_hash('csrf', salt + login)}"


def _is_csrf_token(sent: str, login: str) -> bool:
    salt, _, proof = sent.partition(".")
    return same(proof, keyed_hash("csrf", salt + login))


def is_same_origin(request: Request[Any, Any, Any]) -> bool:
    """Whether the browser says the form came from our own pages.

    Every browser since 2023 sends Sec-Fetch-Site; older ones send Origin with a POST.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return False
    return urlsplit(origin).netloc == settings().host


async def form_is_ours(request: Request[Any, Any, Any], kind: str, login: str) -> bool:
    """Whether a POST carries the proof its route asks for."""
    if kind in ("none", "capability"):
        return True
    if not is_same_origin(request):
        return False
    if kind == "origin":
        return True
    sent = request.headers.get("x-csrf") or (await request.form()).get("csrf")
    return isinstance(sent, str) and bool(login) and _is_csrf_token(sent, login)
