"""Public tasks of organisations that nobody speaks for here: the desk ends them when told to."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import postings as acts
from bruecke.clock import now
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.posting import CLOSING_REASONS
from bruecke.language.dates import today
from bruecke.store import teamless
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show
from bruecke.web.queue import scope_of_desk


class EndForm(Form, frozen=True, kw_only=True):
    """Why a task ends, from the list."""

    reason: Annotated[str, Meta(max_length=20)] = ""


@show("/desk/postings/open", policy="desk")
async def show_open(request: Request[Any, Any, Any]) -> Template:
    """Those whose time to ask "still true?" is nearest come first."""
    return await _open(request, empty(EndForm))


@act("/desk/postings/{posting:str}/closing", policy="desk")
async def end(request: Request[Any, Any, Any], posting: FromPath[str]) -> Template | Response[Any]:
    """The association said on the phone that nobody is needed any more."""
    form = await read(request, EndForm)
    if form.value is None:
        raise NotThere
    instant = now()
    try:
        await acts.close(signed_in(request), posting, form.value.reason, instant, today(instant))
    except DomainError as problem:
        # The page shows several forms of this kind; the field carries the posting's id.
        field = f"{problem.field}-{posting}" if problem.field else "open"
        form.refuse(DomainError(problem.key, field))
        return await _open(request, form, 422 if problem.field else 409)
    return go(request, "/desk/postings/open?done=posting_closed")


async def _open(
    request: Request[Any, Any, Any], form: Filled[EndForm], status: int = 200
) -> Template:
    found = await teamless.public(scope_of_desk(request), today(now()))
    return page(
        request,
        "desk/open_postings.html",
        status=status,
        form=form,
        postings=found,
        reasons=CLOSING_REASONS,
    )


ROUTES: list[Any] = [show_open, end]
