"""What stands behind an invite's link: looking changes nothing, the button lets one person in."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import invites
from bruecke.actions.invites import Newcomer, Opened
from bruecke.clock import now
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.sign_in import DESK_LIFE, VOLUNTEER_LIFE
from bruecke.language import languages
from bruecke.web.http import cookies
from bruecke.web.http.device import device_of
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import actor_of
from bruecke.web.http.newcomer import read_name, read_who
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show


class AcceptForm(Form, frozen=True, kw_only=True):
    """Who comes in; empty for somebody signed in."""

    ERRORS: ClassVar[dict[str, str]] = {
        "name": "person.error.name_long",
        "contact": "contact.error.too_long",
    }

    name: Annotated[str, Meta(max_length=200)] = ""
    contact: Annotated[str, Meta(max_length=300)] = ""
    shared_phone: bool = False


@show("/invites/{secret:str}", policy="public")
async def show_invite(request: Request[Any, Any, Any], secret: FromPath[str]) -> Template:
    """Who invites, where to; unknown, old and used links read alike."""
    opened = await invites.look_at(secret, now())
    if opened is None:
        return _gone(request)
    return _asked(request, opened, empty(AcceptForm))


@act("/invites/{secret:str}", policy="public", csrf="origin")
async def accept_invite(
    request: Request[Any, Any, Any], secret: FromPath[str]
) -> Template | Response[Any]:
    """Takes the seat; a visitor is signed in on this device."""
    actor = actor_of(request)
    form = await read(request, AcceptForm)
    opened = await invites.look_at(secret, now())
    newcomer = None
    if actor is None and opened is not None:
        newcomer = _newcomer(form, opened)
    if not form.text("idempotency_key"):
        form.refuse(DomainError("join.error.used"))
    # A link used a moment ago may be the second click of the same form: the action knows.
    if form.value is None or form.errors:
        return _asked(request, opened, form, 422) if opened else _gone(request)
    device = device_of(request, form.value.shared_phone)
    key = form.value.idempotency_key
    try:
        done = await invites.accept(actor, secret, newcomer, device, key, form.body_hash, now())
    except NotThere:
        return _gone(request)
    except DomainError as problem:
        form.refuse(problem)
        return _asked(request, opened, form, 422) if opened else _gone(request)
    target, life = "/me/passkeys", DESK_LIFE
    if done.organisation:
        target, life = f"/organisations/{done.organisation}/today?done=invited", VOLUNTEER_LIFE
    mine = [cookies.make(cookies.LOGIN, done.secret, life)] if done.secret else []
    return go(request, target, mine)


def _newcomer(form: Filled[AcceptForm], opened: Opened) -> Newcomer | None:
    sent = form.value
    if sent is None:
        return None
    tag = languages.current.get().tag
    if opened.is_desk:
        return Newcomer(name=read_name(form, sent.name), reading_language=tag)
    name, contact = read_who(form, sent.name, sent.contact)
    return Newcomer(name=name, contact=contact, reading_language=tag)


def _asked(
    request: Request[Any, Any, Any], opened: Opened, form: Filled[AcceptForm], status: int = 200
) -> Template:
    actor = actor_of(request)
    in_already = actor is not None and opened.invite.organisation in actor.organisations
    return page(
        request,
        "invites/show.html",
        status=status,
        opened=opened,
        form=form,
        in_already=in_already,
    )


def _gone(request: Request[Any, Any, Any]) -> Template:
    return page(request, "invites/gone.html", status=404)


ROUTES: list[Any] = [show_invite, accept_invite]
