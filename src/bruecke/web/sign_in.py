"""The ways back in: a mailed code, a code from the desk; and the way out."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import logins, sign_in
from bruecke.clock import now
from bruecke.domain.contact import read_contact
from bruecke.domain.errors import DomainError
from bruecke.domain.sign_in import CODE_LIFE, VOLUNTEER_LIFE
from bruecke.keys import keyed_hash
from bruecke.language import languages
from bruecke.store import sign_in_codes
from bruecke.store.ids import token
from bruecke.web.http import cookies
from bruecke.web.http.device import device_of
from bruecke.web.http.forms import Filled, Form, empty, read
from bruecke.web.http.login import actor_of
from bruecke.web.http.network import client_network
from bruecke.web.http.render import go, own_path, page
from bruecke.web.http.routes import act, show

Path = Annotated[str, Meta(max_length=300)]


class AddressForm(Form, frozen=True, kw_only=True):
    """Where the code goes."""

    ERRORS: ClassVar[dict[str, str]] = {"email": "sign_in.error.email"}

    email: Annotated[str, Meta(max_length=254)]
    next: Path = "/home"


class CodeForm(Form, frozen=True, kw_only=True):
    """The code as it was typed."""

    ERRORS: ClassVar[dict[str, str]] = {"code": "sign_in.error.code"}

    code: Annotated[str, Meta(max_length=40)]
    next: Path = "/home"
    shared_phone: bool = False


@show("/sign-in", policy="public", sync_to_thread=False)
def show_sign_in(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """The three ways in."""
    after = own_path(request.query_params.get("next", ""), "/home")
    if actor_of(request) is not None:
        return go(request, after)
    return page(request, "sign_in/show.html", form=empty(AddressForm, next=after))


@act("/sign-in", policy="public", csrf="origin")
async def ask_code(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """A code by mail; the answer is the same for everybody."""
    form = await read(request, AddressForm)
    if form.value is None:
        return page(request, "sign_in/show.html", status=422, form=form)
    try:
        contact = read_contact(form.value.email, "email")
        if contact.kind != "email":
            raise DomainError("sign_in.error.email", "email")
    except DomainError as problem:
        form.refuse(problem)
        return page(request, "sign_in/show.html", status=422, form=form)
    browser = cookies.secret(request, cookies.BROWSER) or token()
    await sign_in.ask_code(
        contact.value, browser, languages.current.get().tag, client_network(request), now()
    )
    return go(
        request,
        f"/sign-in/code?next={own_path(form.value.next, '/home')}",
        [cookies.make(cookies.BROWSER, browser, CODE_LIFE)],
    )


@show("/sign-in/code", policy="public")
async def show_code(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """Six boxes that are one; without a code on its way, back to the start."""
    browser = cookies.secret(request, cookies.BROWSER)
    if not browser or not await sign_in_codes.waiting(keyed_hash("browser", browser), now()):
        return go(request, "/sign-in")
    after = own_path(request.query_params.get("next", ""), "/home")
    return page(request, "sign_in/code.html", form=empty(CodeForm, next=after))


@act("/sign-in/code", policy="public", csrf="origin")
async def redeem_code(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """The right code in the right browser opens a new login."""
    form = await read(request, CodeForm)
    browser = cookies.secret(request, cookies.BROWSER)
    if form.value is None:
        return page(request, "sign_in/code.html", status=422, form=form)
    digits = "".join(sign for sign in form.value.code if sign.isdigit())
    device = device_of(request, form.value.shared_phone)
    try:
        secret = await sign_in.redeem_code(digits, browser, device, now())
    except DomainError as problem:
        form.refuse(problem)
        return page(request, "sign_in/code.html", status=422, form=form)
    return await _in(request, form, secret)


@show("/sign-in/desk", policy="public", sync_to_thread=False)
def show_desk_code(request: Request[Any, Any, Any]) -> Template:
    """For the long code from the service point; its QR code opens this page filled in.

    The code arrives behind "#", which browsers never send: it is in no log and no referrer.
    """
    return page(request, "sign_in/desk.html", form=empty(CodeForm, next="/home"))


@act("/sign-in/desk", policy="public", csrf="origin")
async def redeem_desk_code(request: Request[Any, Any, Any]) -> Template | Response[Any]:
    """A code the desk handed over opens a new login, once."""
    form = await read(request, CodeForm)
    if form.value is None:
        return page(request, "sign_in/desk.html", status=422, form=form)
    device = device_of(request, form.value.shared_phone)
    try:
        secret = await sign_in.redeem_hand_over(form.value.code, device, now())
    except DomainError as problem:
        form.refuse(problem)
        return page(request, "sign_in/desk.html", status=422, form=form)
    return await _in(request, form, secret)


async def _in(
    request: Request[Any, Any, Any], form: Filled[CodeForm], secret: str
) -> Response[Any]:
    before = actor_of(request)
    if before is not None:
        await logins.sign_out(before, now())
    after = own_path(form.text("next"), "/home")
    return go(
        request,
        after,
        [cookies.make(cookies.LOGIN, secret, VOLUNTEER_LIFE), cookies.gone(cookies.BROWSER)],
    )


@act("/sign-out", policy="public", csrf="origin")
async def sign_out(request: Request[Any, Any, Any]) -> Response[Any]:
    """ "Nicht mein Handy": out, and nothing personal stays behind on the device.

    Also from a page whose login has run out meanwhile: the device would still be told.
    """
    actor = actor_of(request)
    if actor is not None:
        await logins.sign_out(actor, now())
    else:
        await logins.leave(device_of(request).login, now())
    return go(
        request,
        "/sign-in?done=signed_out",
        [cookies.gone(cookies.LOGIN)],
        {"Clear-Site-Data": '"cache"'},
    )


ROUTES: list[Any] = [
    show_sign_in,
    ask_code,
    show_code,
    redeem_code,
    show_desk_code,
    redeem_desk_code,
    sign_out,
]
