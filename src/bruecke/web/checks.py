"""What the desk saw of a person, entered beside the pair that waits for it."""

from datetime import date
from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import checks as acts
from bruecke.actions.matches import look
from bruecke.clock import now
from bruecke.domain.check import Entry, problems
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.views.matches import ForDesk
from bruecke.language import catalog
from bruecke.language.dates import today
from bruecke.web.http.forms import Form, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go
from bruecke.web.http.routes import act
from bruecke.web.queue import announce, show_pair


class CheckForm(Form, frozen=True, kw_only=True):
    """One kind seen on one day; `match` is the pair it was entered beside."""

    ERRORS: ClassVar[dict[str, str]] = {"seen_on": "checks.error.date"}

    match: Annotated[str, Meta(max_length=40)]
    kind: Annotated[str, Meta(max_length=20)]
    seen_on: date
    fresh: bool = False


class RemovalForm(Form, frozen=True, kw_only=True):
    """A button beside the pair `match`."""

    match: Annotated[str, Meta(max_length=40)]


async def _pair(request: Request[Any, Any, Any], match: str, person: str) -> ForDesk:
    """The pair a form was sent from; raises NotThere where it is another person's."""
    found = await look(signed_in(request), match, now())
    if found.person != person:
        raise NotThere
    return found


async def _back(
    request: Request[Any, Any, Any], match: str, query: str
) -> Template | Response[Any]:
    if request.headers.get("hx-request-type") == "partial":
        done = query.removeprefix("?done=")
        answer = await show_pair(request, match, done=done)
        announce(answer, catalog.text(f"queue.done.{done}"))
        return answer
    return go(request, f"/desk/matches/{match}{query}")


@act("/desk/people/{person:str}/checks", policy="desk")
async def record(
    request: Request[Any, Any, Any], person: FromPath[str]
) -> Template | Response[Any]:
    """Talk, training, certificate …: seen on that day; then the same pair again."""
    form = await read(request, CheckForm)
    pair = await _pair(request, form.text("match"), person)
    kind = form.text("kind")
    if kind not in pair.checks:
        raise NotThere
    entry = Entry(
        kind=kind,
        # Without a sound date the rest is judged all the same: all errors at once.
        seen_on=form.value.seen_on if form.value else today(now()),
        is_fresh=form.has("fresh", "1"),
        organisation=pair.posting.organisation,
        activity=pair.posting.activity,
    )
    for problem in problems(entry, today(now())):
        form.refuse(problem)
    if form.value is None or form.errors:
        return await show_pair(request, pair.id, status=422, form=form)
    key = form.value.idempotency_key
    await acts.record(signed_in(request), person, entry, key, now(), today(now()))
    return await _back(request, pair.id, "?done=check")


@act("/desk/people/{person:str}/checks/{check:str}/removal", policy="desk")
async def take_back(
    request: Request[Any, Any, Any], person: FromPath[str], check: FromPath[str]
) -> Template | Response[Any]:
    """A wrong entry is deleted; one that an approval rests on says so."""
    form = await read(request, RemovalForm)
    pair = await _pair(request, form.text("match"), person)
    try:
        await acts.take_back(signed_in(request), person, check, now())
    except DomainError as refused:
        return await show_pair(request, pair.id, problem=refused.key, status=409)
    return await _back(request, pair.id, "?done=check_gone")


ROUTES: list[Any] = [record, take_back]
