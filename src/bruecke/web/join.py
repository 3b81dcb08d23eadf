"""The poster's landing page and the three join questions, all in one HTML page."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions.accounts import Joining, join
from bruecke.clock import now
from bruecke.domain import slots
from bruecke.domain.contact import read_contact
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.offer import check_answers
from bruecke.domain.person import clean_name
from bruecke.domain.sign_in import VOLUNTEER_LIFE
from bruecke.language import languages
from bruecke.reference.activities import codes_to_mask
from bruecke.store import regions
from bruecke.web.http import cookies
from bruecke.web.http.device import device_of
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show

# "anything" shares the field with the activities: one question, one answer.
ANYTHING = "anything"
Code = Annotated[str, Meta(max_length=20)]
Source = Annotated[str, Meta(max_length=40, pattern=r"^[A-Za-z0-9_-]*$")]


class JoinForm(Form, frozen=True, kw_only=True):
    """What the questions ask."""

    ERRORS: ClassVar[dict[str, str]] = {
        "name": "person.error.name_long",
        "contact": "contact.error.too_long",
    }

    region: Code
    source: Source = ""
    activities: Annotated[tuple[Code, ...], Meta(max_length=13)] = ()
    when: Annotated[tuple[Code, ...], Meta(max_length=4)] = ()
    name: Annotated[str, Meta(max_length=200)] = ""
    contact: Annotated[str, Meta(max_length=300)] = ""
    shared_phone: bool = False


async def _region(slug: str) -> regions.RegionView:
    found = await regions.get(slug)
    if found is None or await regions.desk_of(slug) is None:
        raise NotThere
    return found


@show("/r/{region:str}", policy="public")
async def show_region(request: Request[Any, Any, Any], region: FromPath[str]) -> Template:
    """What a poster's QR code opens: who asks, in which language, one button."""
    found = await _region(region)
    desk = await regions.desk_of(region)
    source = request.query_params.get("s", "")[:40]
    return page(
        request,
        "home/region.html",
        region=found,
        desk=desk,
        desk_name=desk.name if desk else "",
        source=source if source.replace("-", "").replace("_", "").isalnum() else "",
    )


@show("/join", policy="public")
async def show_join(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """The questions; without a region, first the choice of one."""
    region = request.query_params.get("region", "")
    if not region:
        return go(request, "/")
    form = empty(JoinForm, region=region, source=request.query_params.get("s", "")[:40])
    return await _questions(request, form)


@act("/join", policy="public", csrf="origin")
async def post_join(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """Answers in, offer live, device signed in."""
    form = await read(request, JoinForm)
    answers = _answers(form)
    if answers is None or form.value is None:
        return await _questions(request, form, 422)
    device = device_of(request, form.value.shared_phone)
    try:
        _, secret = await join(answers, device, form.value.idempotency_key, form.body_hash, now())
    except DomainError as problem:
        if problem.key == "organisations.error.region":
            raise NotThere from problem
        form.refuse(problem)
        return await _questions(request, form, 422)
    return go(
        request,
        "/home?done=joined",
        [
            cookies.make(cookies.LOGIN, secret, VOLUNTEER_LIFE),
            cookies.make(cookies.LANGUAGE, answers.reading_language, VOLUNTEER_LIFE),
        ],
    )


def _answers(form: Filled[JoinForm]) -> Joining | None:
    """All answers, or None with every problem beside its question."""
    sent = form.value
    if sent is None:
        return None
    contact, name, mask, times = None, "", 0, 0
    chosen = [code for code in sent.activities if code != ANYTHING]
    anything = ANYTHING in sent.activities
    try:
        mask = codes_to_mask(chosen)
        times = check_answers(mask, anything, [w for w in sent.when if w in slots.CHIPS])
    except KeyError:
        form.refuse(DomainError("error.invalid", "activities"))
    except DomainError as problem:
        form.refuse(problem)
    try:
        name = clean_name(sent.name)
    except DomainError as problem:
        form.refuse(problem)
    try:
        contact = read_contact(sent.contact)
    except DomainError as problem:
        form.refuse(problem)
    if not sent.idempotency_key:
        form.refuse(DomainError("join.error.used"))
    if form.errors or contact is None:
        return None
    return Joining(
        region=sent.region,
        name=name,
        contact=contact,
        activities=mask,
        anything=anything,
        slots=times,
        reading_language=languages.current.get().tag,
        source=sent.source,
    )


async def _questions(
    request: Request[Any, Any, Any], form: Filled[JoinForm], status: int = 200
) -> Template:
    region = await _region(form.text("region"))
    desk = await regions.desk_of(region.id)
    return page(
        request,
        "join/questions.html",
        status=status,
        form=form,
        region=region,
        desk=desk,
        chips=list(slots.CHIPS),
    )


@show("/join/younger", policy="public")
async def show_younger(request: Request[Any, Any, Any]) -> Template:
    """Under 18: the desk helps in person, because a guardian has to agree."""
    region = await _region(request.query_params.get("region", ""))
    return page(request, "join/younger.html", region=region, desk=await regions.desk_of(region.id))


ROUTES: list[Any] = [show_region, show_join, post_join, show_younger]
