"""The desk's look at postings that may not become public by themselves."""

from typing import Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template

from bruecke.actions import postings as acts
from bruecke.clock import now
from bruecke.domain.access import Scope
from bruecke.domain.errors import DomainError, NotThere
from bruecke.language.dates import today
from bruecke.store import postings, regions
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show


class ReleaseForm(Form, frozen=True, kw_only=True):
    """Nothing but the button."""


@show("/desk/postings", policy="desk")
async def show_postings(request: Request[Any, Any, Any]) -> Template:
    """What waits: homes or children, and nobody knows the organisation's postings yet."""
    return await _postings(request, empty(ReleaseForm))


@act("/desk/postings/{posting:str}/publication", policy="desk")
async def release(
    request: Request[Any, Any, Any], posting: FromPath[str]
) -> Template | Response[Any]:
    """Public from now on."""
    form = await read(request, ReleaseForm)
    if form.value is None:
        raise NotThere
    instant = now()
    try:
        await acts.release(signed_in(request), posting, instant, today(instant))
    except DomainError as problem:
        form.refuse(DomainError(problem.key, "waiting"))
        return await _postings(request, form, 409)
    return go(request, "/desk/postings?done=released")


async def _postings(
    request: Request[Any, Any, Any], form: Filled[ReleaseForm], status: int = 200
) -> Template:
    actor = signed_in(request)
    scope = Scope(actor.desk_regions[0], actor.id)
    return page(
        request,
        "desk/postings.html",
        status=status,
        form=form,
        region=await regions.get(scope.region),
        waiting=await postings.in_review(scope, today(now())),
        own=actor.organisations,
    )


ROUTES: list[Any] = [show_postings, release]
