"""Signing in with fingerprint, face or PIN, and the list of what one can sign in with."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.enums import MediaType
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import limits, passkeys
from bruecke.clock import now
from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.passkey import NAME_LENGTH, may_enrol
from bruecke.domain.sign_in import CODE_LIFE, VOLUNTEER_LIFE
from bruecke.store import passkeys as kept
from bruecke.store import regions
from bruecke.store.ids import token
from bruecke.web.http import cookies
from bruecke.web.http.device import device_of
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import actor_of, signed_in
from bruecke.web.http.network import client_network
from bruecke.web.http.render import go, own_path, page
from bruecke.web.http.routes import act, show

# An answer of an authenticator as JSON; the longest attestations stay far below.
Answer = Annotated[str, Meta(max_length=20_000)]


class SignInForm(Form, frozen=True, kw_only=True):
    """What the device answered; the page's script fills it in."""

    ERRORS: ClassVar[dict[str, str]] = {"credential": "passkeys.error.refused"}

    credential: Answer
    next: Annotated[str, Meta(max_length=300)] = "/home"
    shared_phone: bool = False


class EnrolForm(Form, frozen=True, kw_only=True):
    """A new passkey, and what its owner calls it."""

    ERRORS: ClassVar[dict[str, str]] = {"credential": "passkeys.error.refused"}

    credential: Answer
    name: Annotated[str, Meta(max_length=NAME_LENGTH)] = ""


class RemovalForm(Form, frozen=True, kw_only=True):
    """Which passkey goes."""

    passkey: Annotated[str, Meta(max_length=400)]


def _sign_in_page(
    request: Request[Any, Any, Any], form: Filled[SignInForm], status: int = 200
) -> Template:
    actor = actor_of(request)
    return page(
        request,
        "passkeys/sign_in.html",
        status=status,
        form=form,
        is_desk=actor is not None and actor.has_desk_role,
        may_enrol=actor is not None and may_enrol(actor),
    )


@show("/sign-in/passkey", policy="public", sync_to_thread=False)
def show_sign_in(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """One button; who holds a strong login already goes on."""
    after = own_path(request.query_params.get("next", ""), "/home")
    actor = actor_of(request)
    if actor is not None and actor.is_strong:
        return go(request, after)
    return _sign_in_page(request, empty(SignInForm, next=after))


@act("/sign-in/passkey/options", policy="public", csrf="origin")
async def begin_sign_in(request: Request[Any, Any, Any]) -> Response[str]:
    """A challenge for whoever asks; it names nobody."""
    at = now()
    await limits.spend("passkey.network", client_network(request), at)
    browser = _browser(request)
    return _options(await passkeys.begin_sign_in(browser, at), browser)


@act("/sign-in/passkey", policy="public", csrf="origin")
async def finish_sign_in(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """A verified answer opens a new login and ends the one it replaces."""
    at = now()
    await limits.spend("passkey.network", client_network(request), at)
    form = await read(request, SignInForm)
    if form.value is None:
        return _sign_in_page(request, form, 422)
    browser = cookies.secret(request, cookies.BROWSER)
    device = device_of(request, form.value.shared_phone)
    try:
        secret = await passkeys.finish_sign_in(browser, form.value.credential, device, at)
    except DomainError as problem:
        form.refuse(problem)
        return _sign_in_page(request, form, 422)
    return _in(request, own_path(form.value.next, "/home"), secret)


async def _list(
    request: Request[Any, Any, Any], actor: Actor, form: Filled[EnrolForm], status: int = 200
) -> Template:
    desk = await regions.desk_of(actor.region)
    return page(
        request,
        "passkeys/list.html",
        status=status,
        passkeys=await kept.of_person(actor.id),
        may_enrol=may_enrol(actor),
        is_desk=actor.has_desk_role,
        coordinates=actor.coordinates,
        desk_name=desk.name if desk else "",
        form=form,
    )


@show("/me/passkeys", policy="signed_in")
async def show_passkeys(request: Request[Any, Any, Any]) -> Template:
    """What this person can sign in with, and a way to add this device."""
    form = empty(EnrolForm, name=device_of(request).name)
    return await _list(request, signed_in(request), form)


@act("/me/passkeys/options", policy="signed_in")
async def begin_enrolling(request: Request[Any, Any, Any]) -> Response[str]:
    """A challenge for a new passkey of this person."""
    at = now()
    await limits.spend("passkey.network", client_network(request), at)
    browser = _browser(request)
    options = await passkeys.begin_registration(signed_in(request), browser, at)
    return _options(options, browser)


@act("/me/passkeys", policy="signed_in")
async def finish_enrolling(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """Keeps the passkey; this device is signed in anew, and strongly."""
    at = now()
    await limits.spend("passkey.network", client_network(request), at)
    actor = signed_in(request)
    form = await read(request, EnrolForm)
    if form.value is None:
        return await _list(request, actor, form, 422)
    browser = cookies.secret(request, cookies.BROWSER)
    name = form.value.name or device_of(request).name
    try:
        secret = await passkeys.finish_registration(actor, browser, form.value.credential, name, at)
    except DomainError as problem:
        form.refuse(problem)
        return await _list(request, actor, form, 422)
    return _in(request, "/me/passkeys?done=passkey", secret)


@act("/me/passkeys/removal", policy="signed_in")
async def remove_passkey(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """One passkey less."""
    actor = signed_in(request)
    form = await read(request, RemovalForm)
    if form.value is None:
        raise NotThere
    await passkeys.remove(actor, form.value.passkey, now())
    return go(request, "/me/passkeys?done=passkey_gone")


def _browser(request: Request[Any, Any, Any]) -> str:
    return cookies.secret(request, cookies.BROWSER) or token()


def _options(options: str, browser: str) -> Response[str]:
    # The cookie comes with the challenge: a page may lie open for hours before its button is used.
    return Response(
        options,
        media_type=MediaType.JSON,
        cookies=[cookies.make(cookies.BROWSER, browser, CODE_LIFE)],
    )


def _in(request: Request[Any, Any, Any], after: str, secret: str) -> Response[Any]:
    return go(
        request,
        after,
        [cookies.make(cookies.LOGIN, secret, VOLUNTEER_LIFE), cookies.gone(cookies.BROWSER)],
    )


ROUTES: list[Any] = [
    show_sign_in,
    begin_sign_in,
    finish_sign_in,
    show_passkeys,
    begin_enrolling,
    finish_enrolling,
    remove_passkey,
]
