"""The front door, the volunteer's home, and the choice of language."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import accounts, subscriptions, suggestions
from bruecke.clock import now
from bruecke.domain.access import scope_of
from bruecke.domain.errors import NotThere
from bruecke.domain.sign_in import VOLUNTEER_LIFE
from bruecke.language import languages
from bruecke.language.dates import today
from bruecke.store import offers, people, regions
from bruecke.web.http import cookies
from bruecke.web.http.forms import Form, read
from bruecke.web.http.login import actor_of, signed_in
from bruecke.web.http.render import go, own_path, page
from bruecke.web.http.routes import act, show
from bruecke.web.matches import just_answered


class LanguageForm(Form, frozen=True, kw_only=True):
    """A language of ours, and where to go back to."""

    language: Annotated[str, Meta(max_length=12)]
    next: Annotated[str, Meta(max_length=300)] = "/"


@show("/", policy="public")
async def show_front(request: Request[Any, Any, Any]) -> Template:
    """Who we are, and the regions people can join in."""
    return page(request, "home/front.html", regions=await regions.with_desks())


@act("/language", policy="public", csrf="origin")
async def choose_language(request: Request[Any, Any, Any]) -> Response[Any]:
    """Keeps the chosen language on this device, and for the person who is signed in."""
    form = await read(request, LanguageForm)
    if form.value is None or form.value.language not in languages.LANGUAGES:
        raise NotThere
    actor = actor_of(request)
    if actor is not None:
        await accounts.read_in(actor, form.value.language)
    return go(
        request,
        _back(form.value.next),
        [cookies.make(cookies.LANGUAGE, form.value.language, VOLUNTEER_LIFE)],
    )


def _back(path: str) -> str:
    """Where the reader was, with the region and poster of a join page kept."""
    plain, _, query = path.partition("?")
    safe = own_path(plain)
    kept = all(sign.isalnum() or sign in "=&-_" for sign in query)
    return f"{safe}?{query}" if query and kept and safe == plain else safe


@show("/home", policy="signed_in")
async def show_home(request: Request[Any, Any, Any]) -> Template:
    """A volunteer's suggestions, each with its reasons."""
    actor = signed_in(request)
    scope = scope_of(actor)
    person = await people.me(scope)
    if person is None:
        raise NotThere
    answered = await just_answered(request)
    return page(
        request,
        "home/show.html",
        person=person,
        answered=answered,
        seconds=answered.may_undo_until - now() if answered else 0,
        offer=await offers.of_person(actor.id),
        suggested=await suggestions.for_person(scope, now(), today(now())),
        desk=await regions.desk_of(person.region),
        push=await subscriptions.offered_to(actor),
    )


ROUTES: list[Any] = [show_front, choose_language, show_home]
