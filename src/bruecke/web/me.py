"""What a person told us, on which devices they are signed in, and how to change it."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import accounts, blocks, logins, subscriptions
from bruecke.clock import now
from bruecke.domain.access import Actor, scope_of
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.person import clean_name
from bruecke.store import logins as login_rows
from bruecke.store import offers, passkeys, people
from bruecke.store import subscriptions as push_rows
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go, own_path, page
from bruecke.web.http.routes import act, show

Tag = Annotated[str, Meta(max_length=12)]


class LanguagesForm(Form, frozen=True, kw_only=True):
    """In which languages somebody can help."""

    languages: Annotated[tuple[Tag, ...], Meta(max_length=80)] = ()
    next: Annotated[str, Meta(max_length=300)] = "/home"


class ProfileForm(Form, frozen=True, kw_only=True):
    """Name and postcode."""

    ERRORS: ClassVar[dict[str, str]] = {"postcode": "person.error.postcode"}

    name: Annotated[str, Meta(max_length=200)] = ""
    postcode: Annotated[str, Meta(max_length=10)] = ""


class DeviceForm(Form, frozen=True, kw_only=True):
    """A device to sign out; empty for all others."""

    device: Annotated[str, Meta(max_length=16)] = ""


async def _me(
    request: Request[Any, Any, Any],
    actor: Actor,
    form: Filled[ProfileForm] | None = None,
    status: int = 200,
) -> Template:
    person = await people.me(scope_of(actor))
    if person is None:
        raise NotThere
    return page(
        request,
        "me/show.html",
        status=status,
        person=person,
        offer=await offers.of_person(actor.id),
        spoken=await people.languages(actor.id),
        devices=await login_rows.devices(actor.id, now()),
        passkeys=await passkeys.of_person(actor.id),
        blocks=await blocks.own(actor),
        push=await subscriptions.offered_to(actor),
        push_devices=await push_rows.devices(actor.id),
        actor=actor,
        form=form or empty(ProfileForm, name=person.name, postcode=person.postcode),
    )


@show("/me", policy="signed_in")
async def show_me(request: Request[Any, Any, Any]) -> Template:
    """Everything we know, on one page."""
    return await _me(request, signed_in(request))


@act("/me", policy="signed_in")
async def change_me(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """Name and postcode."""
    actor = signed_in(request)
    form = await read(request, ProfileForm)
    if form.value is None:
        return await _me(request, actor, form, 422)
    try:
        name = clean_name(form.value.name)
        await accounts.change_profile(actor, name, form.value.postcode, now())
    except DomainError as problem:
        form.refuse(problem)
        return await _me(request, actor, form, 422)
    return go(request, "/me?done=profile")


@show("/me/languages", policy="signed_in")
async def show_languages(request: Request[Any, Any, Any]) -> Template:
    """The whole list, the commonest first."""
    actor = signed_in(request)
    chosen = {spoken.tag for spoken in await people.languages(actor.id)}
    return page(request, "me/languages.html", chosen=chosen)


@act("/me/languages", policy="signed_in")
async def tell_languages(request: Request[Any, Any, Any]) -> Response[Any]:
    """In which languages somebody can help; nothing ticked is an answer too."""
    form = await read(request, LanguagesForm)
    if form.value is None:
        raise NotThere
    await accounts.tell_languages(signed_in(request), list(form.value.languages), now())
    return go(request, f"{own_path(form.value.next, '/home')}?done=languages")


@act("/me/devices/sign-out", policy="signed_in")
async def sign_out_device(request: Request[Any, Any, Any]) -> Response[Any]:
    """Ends one other login, or all others."""
    form = await read(request, DeviceForm)
    actor = signed_in(request)
    if form.value is not None and form.value.device:
        await logins.sign_out_device(actor, form.value.device, now())
    else:
        await logins.sign_out_everywhere(actor, now())
    return go(request, "/me?done=device_gone")


ROUTES: list[Any] = [show_me, change_me, show_languages, tell_languages, sign_out_device]
