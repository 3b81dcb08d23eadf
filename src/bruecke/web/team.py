"""Who speaks for an organisation: inviting, handing over, leaving."""

from typing import Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template

from bruecke.actions import invites
from bruecke.actions import team as acts
from bruecke.clock import now
from bruecke.domain.access import Actor, scope_of
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.organisation import Organisation
from bruecke.settings import settings
from bruecke.store import hand_over_codes, organisations, people
from bruecke.web.http.forms import Form, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.qr import qr_code
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show


class InviteForm(Form, frozen=True, kw_only=True):
    """A colleague, or somebody who takes over."""

    hand_over: bool = False


async def own_organisation(
    request: Request[Any, Any, Any], organisation: str
) -> tuple[Actor, Organisation]:
    """The reader and its organisation; another's looks like one that does not exist."""
    actor = signed_in(request)
    if organisation not in actor.organisations:
        raise NotThere
    found = await organisations.get(scope_of(actor), organisation)
    if found is None:
        raise NotThere
    return actor, found


@show("/organisations/{organisation:str}/team", policy="representative")
async def show_team(request: Request[Any, Any, Any], organisation: FromPath[str]) -> Template:
    """Who speaks for the organisation; inviting, handing over, leaving."""
    return await _team(request, organisation)


async def _team(
    request: Request[Any, Any, Any], organisation: str, problem: str = "", status: int = 200
) -> Template:
    actor, found = await own_organisation(request, organisation)
    return page(
        request,
        "organisations/team.html",
        status=status,
        organisation=found,
        actor=actor,
        team=await people.team(organisation),
        open_invites=await hand_over_codes.count_invites(organisation, now()),
        problem=problem,
    )


@act("/organisations/{organisation:str}/team/invites", policy="representative")
async def post_invite(request: Request[Any, Any, Any], organisation: FromPath[str]) -> Template:
    """A link for one person; shown once, since only its hash is kept."""
    actor, found = await own_organisation(request, organisation)
    form = await read(request, InviteForm)
    if form.value is None or not form.value.idempotency_key:
        raise NotThere
    hand_over, key = form.value.hand_over, form.value.idempotency_key
    secret = await invites.invite_representative(actor, organisation, hand_over, key, now())
    link = f"{settings().origin}/invites/{secret}"
    return page(
        request,
        "organisations/invite.html",
        organisation=found,
        hand_over=hand_over,
        link=link,
        qr=qr_code(link),
    )


@act("/organisations/{organisation:str}/team/invites/removal", policy="representative")
async def revoke_invites(
    request: Request[Any, Any, Any], organisation: FromPath[str]
) -> Response[Any]:
    """Links already given away open nothing any more."""
    await invites.revoke(signed_in(request), organisation, now())
    return go(request, f"/organisations/{organisation}/team")


@act("/organisations/{organisation:str}/team/leave", policy="representative")
async def leave_team(
    request: Request[Any, Any, Any], organisation: FromPath[str]
) -> Template | Response[Any]:
    """Out of the team; the last one has to hand over first."""
    try:
        await acts.leave(signed_in(request), organisation, now())
    except DomainError as problem:
        return await _team(request, organisation, problem.key, 422)
    return go(request, "/me?done=left_team")


ROUTES: list[Any] = [show_team, post_invite, revoke_invites, leave_team]
