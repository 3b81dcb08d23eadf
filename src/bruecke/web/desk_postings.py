"""The desk's look at postings that may not become public by themselves, one or many at once."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import postings as acts
from bruecke.actions.releases import AT_MOST, Released, choose_activity, release_ticked
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

_FURTHEST = 100_000


class ReleaseForm(Form, frozen=True, kw_only=True):
    """Nothing but the button."""


class ActivityForm(Form, frozen=True, kw_only=True):
    """What a task is about, and which page it was on."""

    activity: Annotated[str, Meta(max_length=40)] = ""
    start: Annotated[int, Meta(ge=0, le=_FURTHEST)] = 0


class TickedForm(Form, frozen=True, kw_only=True):
    """Which ones, whether their organisations said yes on the phone, and which page it was."""

    posting: Annotated[tuple[Annotated[str, Meta(max_length=22)], ...], Meta(max_length=120)] = ()
    spoken: bool = False
    start: Annotated[int, Meta(ge=0, le=_FURTHEST)] = 0


class ReturnForm(Form, frozen=True, kw_only=True):
    """Why it goes back, from the list."""

    reason: Annotated[str, Meta(max_length=20)] = ""


@show("/desk/postings", policy="desk")
async def show_postings(request: Request[Any, Any, Any]) -> Template:
    """What waits: homes or children nobody knows the organisation for, and what was imported."""
    published = min(_number(request, "published"), AT_MOST)
    released = Released(published, ())
    return await _postings(request, empty(TickedForm), _number(request, "start"), released=released)


def _number(request: Request[Any, Any, Any], name: str) -> int:
    told = request.query_params.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 6 else 0


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
        return await _postings(request, form, status=409)
    return go(request, "/desk/postings?done=released")


@act("/desk/postings/publication", policy="desk")
async def release_many(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """All ticked ones public from now on, or the reason why one is not."""
    form = await read(request, TickedForm)
    if form.value is None:
        raise NotThere
    sent, instant = form.value, now()
    actor, day = signed_in(request), today(instant)
    try:
        released = await release_ticked(actor, list(sent.posting), sent.spoken, instant, day)
    except DomainError as problem:
        form.refuse(problem)
        return await _postings(request, form, sent.start, status=422)
    if not released.refused:
        where = f"/desk/postings?start={sent.start}&published={released.published}"
        return go(request, where)
    return await _postings(request, form, sent.start, released=released, status=409)


@act("/desk/postings/{posting:str}/activity", policy="desk")
async def choose(
    request: Request[Any, Any, Any], posting: FromPath[str]
) -> Template | Response[Any]:
    """The desk knows better than the table of the import what a task is about."""
    form = await read(request, ActivityForm)
    if form.value is None:
        raise NotThere
    instant, sent = now(), form.value
    try:
        await choose_activity(signed_in(request), posting, sent.activity, instant, today(instant))
    except DomainError as problem:
        form.refuse(DomainError(problem.key, f"activity-{posting}"))
        return await _postings(request, form, sent.start, status=422)
    return go(request, f"/desk/postings?start={sent.start}&done=kept")


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
        return await _postings(request, form, status=422 if problem.field else 409)
    return go(request, "/desk/postings?done=sent_back")


async def _postings(
    request: Request[Any, Any, Any],
    form: Filled[Any],
    start: int = 0,
    *,
    released: Released | None = None,
    status: int = 200,
) -> Template:
    actor = signed_in(request)
    scope = Scope(actor.desk_regions[0], actor.id)
    total = await postings.count_in_review(scope.region)
    # What stood on a later page may be gone by now.
    start = min(start, max(0, (total - 1) // AT_MOST * AT_MOST))
    waiting = await postings.in_review(scope, today(now()), AT_MOST, start)
    return page(
        request,
        "desk/postings.html",
        status=status,
        form=form,
        region=await regions.get(scope.region),
        waiting=waiting,
        total=total,
        start=start,
        before=max(0, start - AT_MOST) if start else None,
        after=start + AT_MOST if start + AT_MOST < total else None,
        all_ticked=request.query_params.get("ticked") == "all",
        released=released,
        own=actor.organisations,
        reasons=SENT_BACK,
        undecided=any(not one.organisation_verified for one in waiting),
    )


ROUTES: list[Any] = [show_postings, release, release_many, choose, send_back]
