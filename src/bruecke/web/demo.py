"""One-tap sign-in as somebody of the cast: only in a database that is marked as a demo."""

from typing import Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template

from bruecke.actions.demo import sign_in_as
from bruecke.clock import now
from bruecke.domain.errors import NotThere
from bruecke.domain.sign_in import VOLUNTEER_LIFE
from bruecke.web.http import cookies
from bruecke.web.http.device import device_of
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show

ARRIVAL = {
    "volunteer": "/home",
    "representative": "/organisations/mine",
    "coordinator": "/desk",
    "admin": "/me",
}


def _only_in_demo(request: Request[Any, Any, Any], role: str) -> None:
    if not request.app.state.get("demo") or role not in ARRIVAL:
        raise NotThere


@show("/demo/{role:str}", policy="demo", sync_to_thread=False)
def show_demo(request: Request[Any, Any, Any], role: FromPath[str]) -> Template:
    """Who it would be, and one button; looking changes nothing."""
    _only_in_demo(request, role)
    return page(request, "demo/show.html", role=role)


@act("/demo/{role:str}", policy="demo", csrf="origin")
async def sign_in_demo(request: Request[Any, Any, Any], role: FromPath[str]) -> Response[Any]:
    """Signs in as the cast's person of that role."""
    _only_in_demo(request, role)
    secret = await sign_in_as(role, device_of(request).login, now())
    return go(request, ARRIVAL[role], [cookies.make(cookies.LOGIN, secret, VOLUNTEER_LIFE)])


ROUTES: list[Any] = [show_demo, sign_in_demo]
