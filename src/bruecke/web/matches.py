"""A volunteer's own matches: yes and no to a task, where each one stands, what comes next."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta, structs

from bruecke.actions import matches as acts
from bruecke.clock import now
from bruecke.domain.access import Actor, scope_of
from bruecke.domain.errors import NotThere
from bruecke.domain.match import ARRANGES, MOST_COUNTED
from bruecke.domain.views.matches import ForVolunteer
from bruecke.reference.activities import activities_by_code
from bruecke.store import matches, regions
from bruecke.web.http.forms import Form, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go, own_path, page
from bruecke.web.http.routes import act, show

MINE = ("offered", "confirmed", "active", "paused")
WAITING = ("interested", "waitlisted", "approved")
PAST = ("done", "closed")
# How many stones of the bridge stand, by state; the next one is where the match is now.
_STANDING = {
    "suggested": 0, "interested": 1, "waitlisted": 1, "offered": 1, "approved": 2, "confirmed": 3,
    "active": 4, "done": 5,
}  # fmt: skip
_STONES = 5


class ContactForm(Form, frozen=True, kw_only=True):
    """Who calls whom, and how many come."""

    calls: Annotated[str, Meta(max_length=10)]
    party_size: Annotated[int, Meta(ge=1, le=MOST_COUNTED)]


class MoveForm(Form, frozen=True, kw_only=True):
    """One button; `next` is the page to come back to, `reason` says why somebody says no."""

    next: Annotated[str, Meta(max_length=200)] = ""
    reason: Annotated[str, Meta(max_length=20)] = ""
    # What the reader decided on: a colleague may have been faster.
    seen: Annotated[str, Meta(max_length=20)] = ""


def stones(match: ForVolunteer) -> list[str]:
    """The five stones of the bridge: yes, desk, association, meeting, together."""
    # A paused match stands where it stood: contacts are open from the third stone on.
    standing = _STANDING.get(match.state, 3 if match.contact else 2)
    after = ["now"] + ["todo"] * _STONES
    return (["done"] * standing + after)[:_STONES]


def asker(request: Request[Any, Any, Any]) -> Actor:
    """The reader, whose seat at a desk counts only with the passkey that desk pages ask for."""
    actor = signed_in(request)
    if actor.is_strong:
        return actor
    seats = tuple(seat for seat in actor.seats if seat.role == "representative")
    return structs.replace(actor, seats=seats)


async def just_answered(request: Request[Any, Any, Any]) -> ForVolunteer | None:
    """The match of ?undo=, as long as its last move may be taken back."""
    match = request.query_params.get("undo", "")
    if not match:
        return None
    found = await matches.for_volunteer(scope_of(signed_in(request)), match, now())
    return found if found and found.may_undo_until > now() else None


@show("/matches", policy="signed_in")
async def list_matches(request: Request[Any, Any, Any]) -> Template:
    """What asks for something or goes on, what waits for others, what is over."""
    found = await matches.of_volunteer(scope_of(signed_in(request)), now())
    return page(
        request,
        "matches/list.html",
        groups=[
            (name, [one for one in found if one.state in states])
            for name, states in (("open", MINE), ("waiting", WAITING), ("past", PAST))
        ],
    )


@show("/matches/{match:str}", policy="signed_in")
async def show_match(
    request: Request[Any, Any, Any], match: FromPath[str]
) -> Template | Response[Any]:
    """The bridge, the contact once it is open, the plan, why it fits, what is next."""
    found = await matches.for_volunteer(scope_of(signed_in(request)), match, now())
    if found is None:
        raise NotThere
    if found.state == "suggested":
        return go(request, f"/postings/{found.posting.id}")
    return page(
        request,
        "matches/show.html",
        match=found,
        stones=stones(found),
        may_choose=found.state in ARRANGES,
        before=await acts.before_start(signed_in(request), found.posting, now()),
        activity=activities_by_code()[found.posting.activity],
        region=await regions.get(found.posting.region),
        desk=await regions.desk_of(found.posting.region),
        seconds=max(0, found.may_undo_until - now()),
    )


async def move_form(request: Request[Any, Any, Any]) -> MoveForm:
    """The body of a move; raises NotThere for one that no page of ours sends."""
    form = await read(request, MoveForm)
    if form.value is None:
        raise NotThere
    return form.value


@act("/matches/{match:str}/contact-choice", policy="signed_in")
async def choose_contact(request: Request[Any, Any, Any], match: FromPath[str]) -> Response[Any]:
    """Kept until contacts are open, then it holds."""
    form = await read(request, ContactForm)
    if form.value is None:
        raise NotThere
    said = form.value
    await acts.choose_contact(signed_in(request), match, said.calls, said.party_size, now())
    return go(request, f"/matches/{match}?done=choice")


@act("/matches/{match:str}/place", policy="signed_in")
async def take_place(request: Request[Any, Any, Any], match: FromPath[str]) -> Response[Any]:
    """Yes to the place that became free."""
    await move_form(request)
    await acts.accept_place(signed_in(request), match, now())
    return go(request, f"/matches/{match}")


@act("/matches/{match:str}/place-refusal", policy="signed_in")
async def refuse_place(request: Request[Any, Any, Any], match: FromPath[str]) -> Response[Any]:
    """No to it: somebody else is asked."""
    await move_form(request)
    await acts.refuse_place(signed_in(request), match, now())
    return go(request, f"/matches/{match}")


@act("/matches/{match:str}/withdrawal", policy="signed_in")
async def withdraw(request: Request[Any, Any, Any], match: FromPath[str]) -> Response[Any]:
    """A yes taken back, by whoever gave it."""
    form = await move_form(request)
    await acts.withdraw(asker(request), match, now())
    return go(request, own_path(form.next, f"/matches/{match}"))


@act("/matches/{match:str}/meeting", policy="signed_in")
async def meet(request: Request[Any, Any, Any], match: FromPath[str]) -> Response[Any]:
    """They met: either side says so."""
    form = await move_form(request)
    await acts.met(asker(request), match, now())
    return go(request, own_path(form.next, f"/matches/{match}"))


@act("/matches/{match:str}/completion", policy="signed_in")
async def finish(request: Request[Any, Any, Any], match: FromPath[str]) -> Response[Any]:
    """It is done: either side says so."""
    form = await move_form(request)
    await acts.finish(asker(request), match, now())
    return go(request, own_path(form.next, f"/matches/{match}"))


@act("/matches/{match:str}/problem", policy="signed_in")
async def report(request: Request[Any, Any, Any], match: FromPath[str]) -> Response[Any]:
    """Something is wrong: it rests until the desk has looked."""
    form = await move_form(request)
    await acts.report_problem(asker(request), match, now())
    return go(request, own_path(form.next, f"/matches/{match}"))


@act("/matches/{match:str}/undo", policy="signed_in")
async def undo(request: Request[Any, Any, Any], match: FromPath[str]) -> Response[Any]:
    """The last move of one's own side, taken back while the others have not seen it."""
    form = await move_form(request)
    await acts.undo(asker(request), match, now())
    return go(request, f"{own_path(form.next, '/matches')}?done=undone")


ROUTES: list[Any] = [
    list_matches,
    show_match,
    choose_contact,
    take_place,
    refuse_place,
    withdraw,
    meet,
    finish,
    report,
    undo,
]
