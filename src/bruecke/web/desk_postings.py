"""The desk's look at postings that may not become public by themselves."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import postings as acts
from bruecke.clock import now
from bruecke.domain.access import Scope
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.posting import SENT_BACK
from bruecke.language.dates import today
from bruecke.store import postings, regions
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show


class ReleaseForm(Form, frozen=True, kw_only=True):
    """Nothing but the button."""


class ReturnForm(Form, frozen=True, kw_only=True):
    """Why it goes back, from the list."""

    reason: Annotated[str, Meta(max_length=20)] = ""


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


@act("/desk/postings/{posting:str}/return", policy="desk")
async def send_back(
    request: Request[Any, Any, Any], posting: FromPath[str]
) -> Template | Response[Any]:
    """Back to its organisation, with the reason it reads."""
    form = await read(request, ReturnForm)
    if form.value is None:
        raise NotThere
    instant = now()
    try:
        await acts.send_back(
            signed_in(request), posting, form.value.reason, instant, today(instant)
        )
    except DomainError as problem:
        # The page shows several forms of this kind; the field carries the posting's id.
        field = f"{problem.field}-{posting}" if problem.field else "waiting"
        form.refuse(DomainError(problem.key, field))
        return await _postings(request, form, 422 if problem.field else 409)
    return go(request, "/desk/postings?done=sent_back")


async def _postings(
    request: Request[Any, Any, Any], form: Filled[Any], status: int = 200
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
        reasons=SENT_BACK,
    )


ROUTES: list[Any] = [show_postings, release, send_back]
