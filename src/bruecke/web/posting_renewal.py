"""An open posting after three months: one tap says that it is still true."""

from typing import Any

from litestar import Request, Response
from litestar.params import FromPath

from bruecke.actions import postings as acts
from bruecke.clock import now
from bruecke.domain.errors import NotThere
from bruecke.language.dates import today
from bruecke.web.http.forms import Form, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go
from bruecke.web.http.routes import act


class RenewalForm(Form, frozen=True, kw_only=True):
    """Nothing but the button."""


@act("/postings/{posting:str}/renewal", policy="representative")
async def post_renewal(request: Request[Any, Any, Any], posting: FromPath[str]) -> Response[Any]:
    """Another three months."""
    if (await read(request, RenewalForm)).value is None:
        raise NotThere
    instant = now()
    organisation = await acts.still_true(signed_in(request), posting, instant, today(instant))
    return go(request, f"/organisations/{organisation}/today?done=still_true")


ROUTES: list[Any] = [post_renewal]
