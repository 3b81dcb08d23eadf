"""Associations and groups: the public list, the way in, their own day and their team."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import organisations as acts
from bruecke.clock import now
from bruecke.domain.access import Actor, scope_of
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.organisation import STAGES
from bruecke.domain.organisation import clean_name as clean_organisation
from bruecke.domain.sign_in import VOLUNTEER_LIFE
from bruecke.language import languages
from bruecke.language.dates import today
from bruecke.store import matches, organisations, postings, regions
from bruecke.web import team
from bruecke.web.http import cookies
from bruecke.web.http.device import device_of
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import actor_of, signed_in
from bruecke.web.http.newcomer import read_who
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show
from bruecke.web.public_region import region_of_list
from bruecke.web.team import own_organisation


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


@show("/organisations", policy="public")
async def list_organisations(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """The verified organisations of a region."""
    region = await region_of_list(request)
    if region is None:
        return go(request, "/")
    found = await organisations.listed(scope_of(actor_of(request), region.id))
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
async def show_organisation(
    request: Request[Any, Any, Any], organisation: FromPath[str]
) -> Template:
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
        postings=await postings.public_of(today(now()), organisation),
        is_team=actor is not None and organisation in actor.organisations,
    )


@show("/organisations/{organisation:str}/today", policy="representative")
async def show_today(request: Request[Any, Any, Any], organisation: FromPath[str]) -> Template:
    """The representative's home: where the verification stands, what we look for."""
    actor, found = await own_organisation(request, organisation)
    day = today(now())
    return page(
        request,
        "organisations/today.html",
        organisation=found,
        wanting=sum(
            one.state == "approved"
            for one in await matches.of_organisation(scope_of(actor), organisation, now())
        ),
        desk=await regions.desk_of(found.region),
        day=day,
        postings=await postings.of_organisation(scope_of(actor), day, organisation),
    )


ROUTES: list[Any] = [
    list_organisations,
    show_new,
    post_new,
    show_mine,
    show_organisation,
    show_today,
    *team.ROUTES,
]
