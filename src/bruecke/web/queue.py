"""The desk's queue: one pair after the other, decided, and taken back for half a minute."""

import json
from collections.abc import Awaitable
from typing import Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template

from bruecke.actions import matches as acts
from bruecke.clock import now
from bruecke.domain.access import Scope
from bruecke.domain.check import CERTIFICATE_RULE
from bruecke.domain.errors import DomainError, MatchMoved, NotThere
from bruecke.domain.match import DESK_REASONS
from bruecke.domain.views.matches import ForDesk
from bruecke.language import catalog
from bruecke.language.dates import today
from bruecke.store import matches
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go, own_path, page
from bruecke.web.http.routes import act, show
from bruecke.web.matches import move_form

# What stands side by side, in the order of the stones; last come checks, where a task asks for any.
PLANKS: dict[str, tuple[str, ...]] = {
    "slots": ("slots",),
    "place": ("region", "distance"),
    "language": ("language",),
    "age": ("age",),
}


def scope_of_desk(request: Request[Any, Any, Any]) -> Scope:
    """The regions this person decides for; raises NotThere for everybody else."""
    actor = signed_in(request)
    if not actor.desk_regions:
        raise NotThere
    return Scope(actor.desk_regions[0], actor.id, further=actor.desk_regions[1:])


def planks(match: ForDesk) -> dict[str, str]:
    """pass, fail or unknown for each point, the weakest answer of its gates."""
    said: dict[str, str] = {
        name: min((match.gates.get(gate, "pass") for gate in gates), key=_RANK.index)
        for name, gates in PLANKS.items()
    }
    volunteer = match.volunteer
    said["contact"] = (
        "pass" if volunteer.phone_confirmed or volunteer.email_confirmed else "unknown"
    )
    if "checks" in match.gates:
        said["checks"] = match.gates["checks"]
    return said


_RANK = ("fail", "unknown", "pass")


@show("/desk/queue", policy="desk")
async def show_queue(request: Request[Any, Any, Any]) -> Template:
    """What waits for a decision, the oldest first; beside it the first one where there is room."""
    return await show_pair(request)


@show("/desk/matches/{match:str}", policy="desk")
async def show_match(request: Request[Any, Any, Any], match: FromPath[str]) -> Template:
    """The queue with this one opened."""
    if await matches.for_desk(scope_of_desk(request), match, now()) is None:
        raise NotThere
    return await show_pair(request, match)


async def show_pair(
    request: Request[Any, Any, Any],
    match: str = "",
    *,
    undo: str = "",
    problem: str = "",
    status: int = 200,
    **context: Any,
) -> Template:
    """The queue with one pair opened; `context` adds to it a form that was refused, or `done`."""
    scope, actor = scope_of_desk(request), signed_in(request)
    waiting = await matches.queue(scope, now())
    ids = [one.id for one in waiting]
    shown = match or (ids[0] if ids else "")
    opened = await acts.look(actor, shown, now()) if shown else None
    place = ids.index(shown) if shown in ids else -1
    undo = undo or request.query_params.get("undo", "")
    last = await matches.for_desk(scope, undo, now()) if undo else None
    seconds = max(0, last.may_undo_until - now()) if last else 0
    partial = request.headers.get("hx-request-type") == "partial"
    context = {
        "waiting": waiting,
        "opened": opened,
        "chosen": bool(match),
        "place": place,
        "before": ids[place - 1] if place > 0 else "",
        "after": ids[place + 1] if 0 <= place < len(ids) - 1 else "",
        "planks": planks(opened) if opened else {},
        "unseen": [kind for kind, seen in opened.checks.items() if not seen] if opened else [],
        "reasons": DESK_REASONS,
        "problem": problem,
        "last": last if seconds else None,
        "seconds": seconds,
        "form": None,
        "today": today(now()),
        "months": CERTIFICATE_RULE.months_old,
        **context,
    }
    if not partial:
        return page(request, "desk/queue.html", status=status, **context)
    answer = page(request, "desk/_answer.html", status=status, **context)
    if last and undo:
        answer.headers["HX-Replace-Url"] = f"/desk/matches/{shown}" if shown else "/desk/queue"
        said = catalog.text(f"queue.toast.{last.state}", name=last.volunteer.name)
        announce(answer, said)
    return answer


def announce(answer: Template, said: str) -> None:
    """Has `said` read out once htmx has put `answer` into the page."""
    answer.headers["HX-Trigger"] = json.dumps({"announce": {"text": said}})


async def _decided(
    request: Request[Any, Any, Any], match: str, deciding: Awaitable[object]
) -> Template | Response[Any]:
    """One decision, then the next pair; a pair that moved meanwhile says so on the spot."""
    scope = scope_of_desk(request)
    before = [one.id for one in await matches.queue(scope, now())]
    try:
        await deciding
    except MatchMoved as moved:
        return await show_pair(request, match, problem=f"matches.moved.{moved.state}", status=409)
    except DomainError as refused:
        return await show_pair(request, match, problem=refused.key, status=422)
    waiting = [one.id for one in await matches.queue(scope, now())]
    behind = before[before.index(match) + 1 :] if match in before else []
    following = next((one for one in [*behind, *waiting] if one in waiting), "")
    if request.headers.get("hx-request-type") == "partial":
        return await show_pair(request, following, undo=match)
    where = f"/desk/matches/{following}" if following else "/desk/queue"
    return go(request, f"{where}?undo={match}")


@act("/matches/{match:str}/approval", policy="desk")
async def approve(
    request: Request[Any, Any, Any], match: FromPath[str]
) -> Template | Response[Any]:
    """The desk says yes and the place is taken."""
    await move_form(request)
    return await _decided(request, match, acts.approve(signed_in(request), match, now()))


@act("/matches/{match:str}/resumption", policy="desk")
async def resume(request: Request[Any, Any, Any], match: FromPath[str]) -> Template | Response[Any]:
    """The problem is solved, it goes on where it stood."""
    await move_form(request)
    return await _decided(request, match, acts.resume(signed_in(request), match, now()))


async def confirm_by_phone(request: Request[Any, Any, Any], match: str) -> Template | Response[Any]:
    """The association said yes on the phone."""
    scope_of_desk(request)
    return await _decided(request, match, acts.confirm_by_phone(signed_in(request), match, now()))


async def refuse(
    request: Request[Any, Any, Any], match: str, reason: str, seen: str
) -> Template | Response[Any]:
    """No with a reason: to a request, for the association, or the end of what rests."""
    found = await matches.for_desk(scope_of_desk(request), match, now())
    if found is None:
        raise NotThere
    if seen and seen != found.state:
        # A colleague was faster; what this reader decided on is no longer there.
        return await show_pair(request, match, problem=f"matches.moved.{found.state}", status=409)
    saying = {"interested": acts.decline, "approved": acts.refuse}.get(found.state, acts.close)
    return await _decided(request, match, saying(signed_in(request), match, reason, now()))


@act("/people/{person:str}/contact-check", policy="desk")
async def number_is_right(request: Request[Any, Any, Any], person: FromPath[str]) -> Response[Any]:
    """Somebody answered under this number and it was the right person."""
    form = await move_form(request)
    await acts.number_is_right(signed_in(request), person, now())
    return go(request, f"{own_path(form.next, '/desk/queue')}?done=number")


ROUTES: list[Any] = [show_queue, show_match, approve, resume, number_is_right]
