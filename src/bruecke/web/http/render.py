"""A page, or its main part for htmx: all plumbing between handlers and templates."""

import re
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER

from bruecke.domain.access import Actor
from bruecke.language import languages
from bruecke.store.ids import token
from bruecke.web.http.login import actor_of
from bruecke.web.http.security import csrf_token
from bruecke.web.http.tabs import Tab, tabs_for

_OWN_PATH = re.compile(r"/(?!/)[A-Za-z0-9/_-]{0,200}")
DONE = frozenset(
    {"joined", "languages", "profile", "organisation", "verified", "refused",
     "invited", "passkey", "passkey_gone", "signed_out", "left_team",
     "device_gone", "kept", "look_again", "published", "in_review", "unverified", "posting_paused",
     "undone", "number", "check", "check_gone", "posting_resumed", "posting_closed", "released",
     "push_gone", "push_sent", "sent_back", "still_true", "blocked", "lifted", "choice"}
)  # fmt: skip


class Me(msgspec.Struct, frozen=True):
    """What every template knows of the reader."""

    id: str
    name: str
    tabs: list[Tab]
    shared_phone: bool
    is_desk: bool
    unread: int


def _me(actor: Actor, path: str) -> Me:
    return Me(
        actor.id,
        actor.name,
        tabs_for(actor, path),
        actor.shared_phone,
        bool(actor.desk_regions),
        actor.unread,
    )


def page(
    request: Request[Any, Any, Any],
    template: str,
    *,
    status: int = HTTP_200_OK,
    set_cookies: list[Cookie] | None = None,
    as_visitor: bool = False,
    **context: Any,
) -> Template:
    """`template` for this reader; htmx gets the main part alone, from the same template."""
    actor = None if as_visitor else actor_of(request)
    partial = (
        request.headers.get("hx-request") == "true"
        and request.headers.get("hx-request-type") == "partial"
    )
    done = request.query_params.get("done", "")
    return Template(
        template,
        status_code=status,
        media_type=MediaType.HTML,
        cookies=set_cookies or [],
        context={
            "layout": "fragment.html" if partial else "layout.html",
            "language": languages.current.get(),
            "me": _me(actor, request.url.path) if actor else None,
            "csrf": csrf_token(actor.login) if actor else "",
            "idempotency_key": token(),
            "desk_name": "",
            "path": _here(request),
            "done": done if done in DONE else "",
            "demo": bool(request.app.state.get("demo")),
            **context,
        },
    )


def _here(request: Request[Any, Any, Any]) -> str:
    """This page's address, with a query only where it is plain: the way back after a form."""
    query = request.url.query
    plain = query and all(sign.isalnum() or sign in "=&-_" for sign in query)
    return f"{request.url.path}?{query}" if plain else request.url.path


def go(
    request: Request[Any, Any, Any],
    path: str,
    set_cookies: list[Cookie] | None = None,
    headers: dict[str, str] | None = None,
) -> Response[Any]:
    """On to another page of ours after a form: 303, for htmx as its own header."""
    if request.headers.get("hx-request") == "true":
        return Response(
            None,
            status_code=HTTP_200_OK,
            headers={"HX-Redirect": path, **(headers or {})},
            cookies=set_cookies or [],
        )
    return Redirect(
        path, status_code=HTTP_303_SEE_OTHER, cookies=set_cookies or [], headers=headers or {}
    )


def own_path(path: str, otherwise: str = "/") -> str:
    """`path` if it is an address of ours without host, scheme or query; else `otherwise`."""
    return path if _OWN_PATH.fullmatch(path) else otherwise
