"""Who helps an association and who would like to: its own yes, no, and the contacts after it."""

from typing import Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template

from bruecke.actions import matches as acts
from bruecke.clock import now
from bruecke.domain.access import scope_of
from bruecke.domain.errors import DomainError, MatchMoved
from bruecke.domain.match import REFUSAL_REASONS
from bruecke.store import matches
from bruecke.web import queue
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show
from bruecke.web.matches import move_form
from bruecke.web.team import own_organisation

GROUPS = (
    ("waiting", ("approved",)),
    ("helping", ("confirmed", "active", "paused")),
    ("past", ("done",)),
)


@show("/organisations/{organisation:str}/people", policy="representative")
async def show_people(request: Request[Any, Any, Any], organisation: FromPath[str]) -> Template:
    """Those the desk approved first, then those who help already."""
    return await _people(request, organisation)


async def _people(
    request: Request[Any, Any, Any], organisation: str, problem: str = "", status: int = 200
) -> Template:
    actor, own = await own_organisation(request, organisation)
    found = await matches.of_organisation(scope_of(actor), organisation, now())
    last = max(found, key=lambda one: one.may_undo_until, default=None)
    return page(
        request,
        "matches/people.html",
        status=status,
        organisation=own,
        problem=problem,
        groups=[(name, [one for one in found if one.state in states]) for name, states in GROUPS],
        last=last,
        seconds=max(0, last.may_undo_until - now()) if last else 0,
    )


async def _own(request: Request[Any, Any, Any], match: str) -> str:
    """The reader's organisation this match belongs to, "" for anybody else."""
    found = await matches.for_organisation(scope_of(signed_in(request)), match, now())
    return found.posting.organisation if found else ""


@act("/matches/{match:str}/confirmation", policy="signed_in")
async def confirm(
    request: Request[Any, Any, Any], match: FromPath[str]
) -> Template | Response[Any]:
    """The association's yes: said here by its representative, or by phone to the desk."""
    await move_form(request)
    organisation = await _own(request, match)
    if not organisation:
        return await queue.confirm_by_phone(request, match)
    try:
        await acts.confirm(signed_in(request), match, now())
    except (MatchMoved, DomainError) as problem:
        return await _people(request, organisation, key_of(problem), 409)
    return go(request, f"/organisations/{organisation}/people")


@act("/matches/{match:str}/refusal", policy="signed_in")
async def refuse(request: Request[Any, Any, Any], match: FromPath[str]) -> Template | Response[Any]:
    """No, for the side of whoever says it: the association, or the desk with its reason."""
    form = await move_form(request)
    organisation = await _own(request, match)
    if not organisation:
        return await queue.refuse(request, match, form.reason, form.seen)
    reason = form.reason or REFUSAL_REASONS[0]
    try:
        await acts.refuse(signed_in(request), match, reason, now())
    except (MatchMoved, DomainError) as problem:
        return await _people(request, organisation, key_of(problem), 409)
    return go(request, f"/organisations/{organisation}/people")


def key_of(problem: MatchMoved | DomainError) -> str:
    """The text that says plainly what happened."""
    if isinstance(problem, DomainError):
        return problem.key
    return f"matches.moved.{problem.state}"


ROUTES: list[Any] = [show_people, confirm, refuse]
