"""Associations and groups: the public list, the way in, their own day and their team."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import invites
from bruecke.actions import organisations as acts
from bruecke.clock import now
from bruecke.domain.access import Actor, scope_of
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.organisation import STAGES, Organisation
from bruecke.domain.organisation import clean_name as clean_organisation
from bruecke.domain.sign_in import VOLUNTEER_LIFE
from bruecke.language import languages
from bruecke.language.dates import today
from bruecke.settings import settings
from bruecke.store import hand_over_codes, organisations, people, postings, regions
from bruecke.web.http import cookies
from bruecke.web.http.device import device_of
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import actor_of, signed_in
from bruecke.web.http.newcomer import read_who
from bruecke.web.http.qr import qr_code
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show


class OrganisationForm(Form, frozen=True, kw_only=True):
    """What the way in asks; somebody signed in leaves name and contact out."""

    ERRORS: ClassVar[dict[str, str]] = {
        "region": "organisations.error.region",
        "organisation": "organisations.error.name_long",
        "name": "person.error.name_long",
        "contact": "contact.error.too_long",
    }

    region: Annotated[str, Meta(max_length=40)] = ""
    organisation: Annotated[str, Meta(max_length=300)] = ""
    stage: Annotated[str, Meta(max_length=20)] = STAGES[0]
    name: Annotated[str, Meta(max_length=200)] = ""
    contact: Annotated[str, Meta(max_length=300)] = ""
    shared_phone: bool = False


class TemplateForm(Form, frozen=True, kw_only=True):
    """Which of the ten templates."""

    template: Annotated[str, Meta(max_length=40)] = ""


class InviteForm(Form, frozen=True, kw_only=True):
    """A colleague, or somebody who takes over."""

    hand_over: bool = False


@show("/organisations", policy="public")
async def list_organisations(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """The verified organisations of a region."""
    actor = actor_of(request)
    slug = request.query_params.get("region", "") or (actor.region if actor else "")
    if not slug:
        return go(request, "/")
    region = await regions.get(slug)
    if region is None:
        raise NotThere
    found = await organisations.listed(scope_of(actor, slug))
    return page(request, "organisations/list.html", region=region, organisations=found)


@show("/organisations/new", policy="public")
async def show_new(request: Request[Any, Any, Any]) -> Template:
    """Name and one contact are enough."""
    actor = actor_of(request)
    slug = request.query_params.get("region", "") or (actor.region if actor else "")
    return await _new(request, empty(OrganisationForm, region=slug, stage=STAGES[0]))


@act("/organisations/new", policy="public", csrf="origin")
async def post_new(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """In, not verified yet, signed in on this device."""
    actor = actor_of(request)
    form = await read(request, OrganisationForm)
    answers = _registration(form, actor)
    if answers is None or form.value is None:
        return await _new(request, form, 422)
    device = device_of(request, form.value.shared_phone)
    key = form.value.idempotency_key
    try:
        made, secret = await acts.register(actor, answers, device, key, form.body_hash, now())
    except DomainError as problem:
        form.refuse(problem)
        return await _new(request, form, 422)
    mine = [cookies.make(cookies.LOGIN, secret, VOLUNTEER_LIFE)] if secret else []
    return go(request, f"/organisations/{made}/today?done=organisation", mine)


def _registration(form: Filled[OrganisationForm], actor: Actor | None) -> acts.Registration | None:
    """All answers, or None with every problem beside its question."""
    sent = form.value
    if sent is None:
        return None
    organisation, name, contact = "", "", None
    try:
        organisation = clean_organisation(sent.organisation, "organisation")
    except DomainError as problem:
        form.refuse(problem)
    if actor is None:
        name, contact = read_who(form, sent.name, sent.contact)
    if not sent.idempotency_key:
        form.refuse(DomainError("join.error.used"))
    if form.errors:
        return None
    return acts.Registration(
        region=sent.region,
        organisation=organisation,
        stage=sent.stage,
        name=name,
        contact=contact,
        reading_language=languages.current.get().tag,
    )


async def _new(
    request: Request[Any, Any, Any], form: Filled[OrganisationForm], status: int = 200
) -> Template:
    given = form.text("region")
    region = await regions.get(given) if given else None
    desk = await regions.desk_of(region.id) if region else None
    return page(
        request,
        "organisations/new.html",
        status=status,
        form=form,
        region=region if desk else None,
        desk=desk,
        regions=[] if desk else await regions.with_desks(),
        stages=STAGES,
    )


@show("/organisations/mine", policy="signed_in", sync_to_thread=False)
def show_mine(request: Request[Any, Any, Any]) -> Response[Any]:
    """To one's own organisation, the first of several."""
    own = signed_in(request).organisations
    if not own:
        raise NotThere
    return go(request, f"/organisations/{own[0]}/today")


@show("/organisations/{organisation:str}", policy="public")
async def show_organisation(request: Request[Any, Any, Any], organisation: str) -> Template:
    """Who they are and what they look for; its own team sees it before it is public."""
    actor = actor_of(request)
    found = await organisations.get(scope_of(actor), organisation)
    if found is None:
        raise NotThere
    return page(
        request,
        "organisations/show.html",
        organisation=found,
        region=await regions.get(found.region),
        postings=await postings.public_of(organisation),
        is_team=actor is not None and organisation in actor.organisations,
    )


async def _own(request: Request[Any, Any, Any], organisation: str) -> tuple[Actor, Organisation]:
    """The reader and its organisation; another's looks like one that does not exist."""
    actor = signed_in(request)
    if organisation not in actor.organisations:
        raise NotThere
    found = await organisations.get(scope_of(actor), organisation)
    if found is None:
        raise NotThere
    return actor, found


@show("/organisations/{organisation:str}/today", policy="representative")
async def show_today(request: Request[Any, Any, Any], organisation: str) -> Template:
    """The representative's home: where the verification stands, what we look for."""
    actor, found = await _own(request, organisation)
    region = await regions.get(found.region)
    return page(
        request,
        "organisations/today.html",
        organisation=found,
        desk=await regions.desk_of(found.region),
        day=today(now(), region.zone if region else "Europe/Berlin"),
        postings=await postings.of_organisation(scope_of(actor), organisation),
    )


@show("/organisations/{organisation:str}/postings/new", policy="representative")
async def show_templates(request: Request[Any, Any, Any], organisation: str) -> Template:
    """Ten templates to start from."""
    _, found = await _own(request, organisation)
    if found.refused_at:
        raise NotThere
    return page(request, "organisations/templates.html", organisation=found)


@act("/organisations/{organisation:str}/postings", policy="representative")
async def post_draft(request: Request[Any, Any, Any], organisation: str) -> Response[Any]:
    """A draft, filled from the template."""
    form = await read(request, TemplateForm)
    if form.value is None or not form.value.idempotency_key:
        raise NotThere
    await acts.draft_from_template(
        signed_in(request), organisation, form.value.template, form.value.idempotency_key, now()
    )
    return go(request, f"/organisations/{organisation}/today?done=draft")


@show("/organisations/{organisation:str}/team", policy="representative")
async def show_team(request: Request[Any, Any, Any], organisation: str) -> Template:
    """Who speaks for the organisation; inviting, handing over, leaving."""
    return await _team(request, organisation)


async def _team(
    request: Request[Any, Any, Any], organisation: str, problem: str = "", status: int = 200
) -> Template:
    actor, found = await _own(request, organisation)
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
async def post_invite(request: Request[Any, Any, Any], organisation: str) -> Template:
    """A link for one person; shown once, since only its hash is kept."""
    actor, found = await _own(request, organisation)
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
async def revoke_invites(request: Request[Any, Any, Any], organisation: str) -> Response[Any]:
    """Links already given away open nothing any more."""
    await invites.revoke(signed_in(request), organisation, now())
    return go(request, f"/organisations/{organisation}/team")


@act("/organisations/{organisation:str}/team/leave", policy="representative")
async def leave_team(
    request: Request[Any, Any, Any], organisation: str
) -> Template | Response[Any]:
    """Out of the team; the last one has to hand over first."""
    try:
        await acts.leave(signed_in(request), organisation, now())
    except DomainError as problem:
        return await _team(request, organisation, problem.key, 422)
    return go(request, "/me?done=left_team")


ROUTES: list[Any] = [
    list_organisations,
    show_new,
    post_new,
    show_mine,
    show_organisation,
    show_today,
    show_templates,
    post_draft,
    show_team,
    post_invite,
    revoke_invites,
    leave_team,
]
