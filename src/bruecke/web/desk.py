"""The service point: what waits, which associations are asked in, codes over the counter."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import organisations as acts
from bruecke.actions import sign_in
from bruecke.clock import DAY, now
from bruecke.domain.access import Scope
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.organisation import REFUSALS
from bruecke.language.dates import today
from bruecke.settings import settings
from bruecke.store import matches, organisations, people, postings, regions
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.qr import qr_code
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show

MAX_SEARCH = 80
_GROUP = 4


class DecisionForm(Form, frozen=True, kw_only=True):
    """Yes, or no with a reason from the published list."""

    ERRORS: ClassVar[dict[str, str]] = {"reason": "desk.error.reason_required"}

    decision: Annotated[str, Meta(max_length=10)] = ""
    reason: Annotated[str, Meta(max_length=20)] = ""


class CodeForm(Form, frozen=True, kw_only=True):
    """Nothing but the button."""


def _scope(request: Request[Any, Any, Any]) -> Scope:
    """The first region this person coordinates."""
    actor = signed_in(request)
    return Scope(actor.desk_regions[0], actor.id)


@show("/desk", policy="desk")
async def show_desk(request: Request[Any, Any, Any]) -> Template:
    """What waits, in figures that lead somewhere."""
    scope = _scope(request)
    return page(
        request,
        "desk/show.html",
        region=await regions.get(scope.region),
        desk=await regions.desk_of(scope.region),
        waiting=await organisations.count_waiting(scope),
        joined=await people.count_joined_since(scope, now() - 7 * DAY),
        undecided=len(await matches.queue(scope, now())),
        in_review=await postings.count_in_review(scope.region),
        open_postings=await postings.count_open(scope.region),
    )


@show("/desk/organisations", policy="desk")
async def show_organisations(request: Request[Any, Any, Any]) -> Template:
    """Those that wait first, each with the rule it is measured by."""
    return await _organisations(request, empty(DecisionForm))


async def _organisations(
    request: Request[Any, Any, Any],
    form: Filled[DecisionForm],
    asked: str = "",
    status: int = 200,
) -> Template:
    scope = _scope(request)
    only = request.query_params.get("organisation", "")[:22]
    waiting = await organisations.of_desk(scope, waiting=True, only=only)
    return page(
        request,
        "desk/organisations.html",
        status=status,
        form=form,
        asked=asked,
        waiting=waiting,
        decided=await organisations.of_desk(scope, waiting=False),
        since={one.id: today(one.created_at) for one in waiting},
        teams=await people.contacts_of_teams(scope, [one.id for one in waiting]),
        own=signed_in(request).organisations,
        refusals=REFUSALS,
    )


@act("/desk/organisations/{organisation:str}/verification", policy="desk")
async def decide(
    request: Request[Any, Any, Any], organisation: FromPath[str]
) -> Template | Response[Any]:
    """Verified, or refused with a reason the organisation reads."""
    actor = signed_in(request)
    form = await read(request, DecisionForm)
    if form.value is None or form.value.decision not in ("verify", "refuse"):
        raise NotThere
    try:
        if form.value.decision == "verify":
            await acts.verify(actor, organisation, now())
            return go(request, "/desk/organisations?done=verified")
        await acts.refuse(actor, organisation, form.value.reason, now())
        return go(request, "/desk/organisations?done=refused")
    except DomainError as problem:
        # The page shows several forms of this kind; the field carries the organisation's id.
        field = f"{problem.field}-{organisation}" if problem.field else "waiting"
        form.refuse(DomainError(problem.key, field))
        status = 422 if problem.field else 409
        return await _organisations(request, form, organisation, status)


@show("/desk/people", policy="desk")
async def show_people(request: Request[Any, Any, Any]) -> Template:
    """The persons of the own region: the newest, or those of a name."""
    scope = _scope(request)
    q = " ".join(request.query_params.get("q", "").split())[:MAX_SEARCH]
    found = await (people.named(scope, q) if q else people.newest(scope))
    colleagues = await people.at_desks([one.id for one in found])
    return page(
        request,
        "desk/people.html",
        people=found,
        colleagues=colleagues,
        since={one.id: today(one.created_at) for one in found},
        q=q,
    )


@act("/desk/people/{person:str}/code", policy="desk")
async def issue_code(request: Request[Any, Any, Any], person: FromPath[str]) -> Template:
    """A slip with a QR code and the same code in letters; older slips are dead at once."""
    if (await read(request, CodeForm)).value is None:
        raise NotThere
    scope = _scope(request)
    code = await sign_in.issue_hand_over(signed_in(request), person, now())
    found = await people.in_region(scope, person)
    return page(
        request,
        "desk/code.html",
        person=found,
        desk=await regions.desk_of(scope.region),
        groups=[code[start : start + _GROUP] for start in range(0, len(code), _GROUP)],
        # Behind "#", which browsers never send: the code is in no log on its way in.
        qr=qr_code(f"{settings().origin}/sign-in/desk#{code}"),
        address=f"{settings().host}/sign-in/desk",
    )


ROUTES: list[Any] = [
    show_desk,
    show_organisations,
    decide,
    show_people,
    issue_code,
]
