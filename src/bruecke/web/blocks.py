"""Not with these two any more: said beside a match, taken back on the own page."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath
from msgspec import Meta

from bruecke.actions import blocks
from bruecke.clock import now
from bruecke.domain.errors import NotThere
from bruecke.web.http.forms import Form, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go
from bruecke.web.http.routes import act
from bruecke.web.matches import asker


class BlockForm(Form, frozen=True, kw_only=True):
    """With whom not: the organisation, or its contact person alone."""

    whom: Annotated[str, Meta(pattern="^(organisation|contact)$")] = "organisation"


@act("/matches/{match:str}/block", policy="signed_in")
async def block(request: Request[Any, Any, Any], match: FromPath[str]) -> Response[Any]:
    """Each side says it from the page on which it sees the match."""
    form = await read(request, BlockForm)
    if form.value is None:
        raise NotThere
    made = await blocks.block(asker(request), match, form.value.whom, now())
    after = {
        "volunteer": f"/matches/{match}",
        "organisation": f"/organisations/{made.organisation}/people",
    }
    return go(request, f"{after.get(made.side, '/desk/queue')}?done=blocked")


@act("/me/blocks/{block:str}/removal", policy="signed_in")
async def lift(request: Request[Any, Any, Any], block: FromPath[str]) -> Response[Any]:
    """It may be suggested again; what was closed stays closed."""
    if (await read(request, Form)).value is None:
        raise NotThere
    await blocks.lift(signed_in(request), block, now())
    return go(request, "/me?done=lifted")


ROUTES: list[Any] = [block, lift]
