"""What stands before every handler: its policy, then the proof that the form is ours."""

from typing import Any

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler

from bruecke.domain.access import may_enter
from bruecke.domain.errors import NotThere
from bruecke.web.http.login import actor_of
from bruecke.web.http.security import form_is_ours


class SignInFirst(Exception):
    """A page for somebody we do not know yet; `passkey` says that a code is not enough."""

    def __init__(self, passkey: bool) -> None:
        super().__init__(passkey)
        self.passkey = passkey


async def enforce_policy(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Raises SignInFirst or NotThere unless the route's policy lets this reader in."""
    # PostgreSQL refuses such text, and no address of ours holds it.
    said = (*connection.path_params.values(), *connection.query_params.values())
    if any("\x00" in str(one) for one in said):
        raise NotThere
    answer = may_enter(handler.opt.get("policy", "nobody"), actor_of(connection))
    if answer == "no":
        raise NotThere
    if answer != "yes":
        raise SignInFirst(passkey=answer == "passkey")


async def refuse_foreign_forms(request: Request[Any, Any, Any]) -> Response[Any] | None:
    """Raises PermissionDenied for a form that did not come from our pages."""
    if request.method in ("GET", "HEAD"):
        return None
    actor = actor_of(request)
    kind = request.route_handler.opt["csrf"]
    if not await form_is_ours(request, kind, actor.login if actor else ""):
        raise PermissionDeniedException
    return None
