"""What a message's link opens: its suggestions, with yes and no, for whoever holds the link."""

from typing import Annotated, Any

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import answering
from bruecke.clock import now
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.posting import Posting
from bruecke.domain.views.matches import ForVolunteer
from bruecke.language import languages
from bruecke.language.dates import today
from bruecke.web.http import cookies
from bruecke.web.http.forms import Filled, read
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show
from bruecke.web.interest import LEVELS, YesForm, in_full
from bruecke.web.matches import MoveForm


class LinkYesForm(YesForm, frozen=True, kw_only=True):
    """A yes, and to which of the link's suggestions."""

    match: Annotated[str, Meta(max_length=40)] = ""


class LinkMoveForm(MoveForm, frozen=True, kw_only=True):
    """No or undo, and for which of them."""

    match: Annotated[str, Meta(max_length=40)] = ""


@show("/answers/{secret:str}", policy="public")
async def show_answers(request: Request[Any, Any, Any], secret: FromPath[str]) -> Template:
    """The suggestions of the message; unknown and ended links read alike."""
    try:
        opened = await answering.open_link(secret, now())
    except NotThere:
        return _gone(request)
    # The phone that got the message may never have chosen a language here.
    if not request.cookies.get(cookies.LANGUAGE):
        languages.current.set(languages.choose(opened.actor.reading_language))
    answered = next((one for one in opened.matches if one.may_undo_until > now()), None)
    return page(
        request,
        "answers/show.html",
        as_visitor=True,
        person=opened.actor,
        waiting=[one for one in opened.matches if _may_be_answered(one)],
        others=[one for one in opened.matches if not _may_be_answered(one)],
        last=answered,
        seconds=answered.may_undo_until - now() if answered else 0,
        link=f"/answers/{secret}",
    )


def _may_be_answered(match: ForVolunteer) -> bool:
    return match.state == "suggested" and match.posting.state == "open"


def _gone(request: Request[Any, Any, Any]) -> Template:
    return page(request, "answers/gone.html", status=404, as_visitor=True, path="/")


@act("/answers/{secret:str}/interest", policy="public", csrf="capability")
async def say_yes(
    request: Request[Any, Any, Any], secret: FromPath[str]
) -> Template | Response[Any]:
    """Yes; what nobody asked yet is asked now, once."""
    form = await read(request, LinkYesForm)
    match = form.text("match")
    try:
        posting, lacking = await answering.asked(secret, match, now())
    except NotThere:
        return _gone(request)
    yes = in_full(form, lacking)
    if yes is None:
        return _ask(request, form, secret, posting, lacking, 422 if form.errors else 200)
    try:
        await answering.say_yes(secret, match, yes, now(), today(now()))
    except DomainError as problem:
        form.refuse(problem)
        return _ask(request, form, secret, posting, lacking, 422)
    return go(request, f"/answers/{secret}")


def _ask(
    request: Request[Any, Any, Any],
    form: Filled[LinkYesForm],
    secret: str,
    posting: Posting,
    lacking: tuple[str, ...],
    status: int,
) -> Template:
    return page(
        request,
        "matches/yes.html",
        status=status,
        as_visitor=True,
        form=form,
        posting=posting,
        lacking=lacking,
        # The message named one date; the others stand on the posting's page.
        openings=[],
        chosen="",
        levels=LEVELS,
        target=f"/answers/{secret}/interest",
        back=f"/answers/{secret}",
    )


@act("/answers/{secret:str}/refusal", policy="public", csrf="capability")
async def say_no(
    request: Request[Any, Any, Any], secret: FromPath[str]
) -> Template | Response[Any]:
    """No to one of them."""
    form = await read(request, LinkMoveForm)
    try:
        await answering.say_no(secret, form.text("match"), now(), today(now()))
    except NotThere:
        return _gone(request)
    return go(request, f"/answers/{secret}")


@act("/answers/{secret:str}/undo", policy="public", csrf="capability")
async def undo(request: Request[Any, Any, Any], secret: FromPath[str]) -> Template | Response[Any]:
    """An answer taken back while nobody has seen it."""
    form = await read(request, LinkMoveForm)
    try:
        await answering.undo(secret, form.text("match"), now())
    except NotThere:
        return _gone(request)
    return go(request, f"/answers/{secret}?done=undone")


ROUTES: list[Any] = [show_answers, say_yes, say_no, undo]
