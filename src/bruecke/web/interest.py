"""Yes and no to a task: what it agrees to, and the one thing nobody asked before."""

from typing import Annotated, Any, ClassVar, TypeVar

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import matches as acts
from bruecke.clock import now
from bruecke.domain.access import scope_of
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.posting import Posting
from bruecke.language.dates import today
from bruecke.store import postings
from bruecke.web.http.forms import Filled, Form, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act
from bruecke.web.matches import move_form

# CEFR levels behind the four answers: none, A2, B2, C2.
LEVELS = {"none": 0, "some": 2, "good": 4, "very_good": 6}


class YesForm(Form, frozen=True, kw_only=True):
    """A yes; the last two answer what nobody asked before."""

    ERRORS: ClassVar[dict[str, str]] = {"language_level": "matches.error.answer"}

    consent: bool = False
    opening: Annotated[str, Meta(max_length=40)] = ""
    language_level: Annotated[int, Meta(ge=0, le=6)] | None = None
    is_adult: bool = False
    asked: bool = False


F = TypeVar("F", bound=YesForm)


@act("/postings/{posting:str}/interest", policy="signed_in")
async def say_yes(
    request: Request[Any, Any, Any], posting: FromPath[str]
) -> Template | Response[Any]:
    """Yes; what nobody asked yet is asked now, once."""
    actor, form = signed_in(request), await read(request, YesForm)
    found = await postings.get(scope_of(actor), today(now()), posting)
    if found is None:
        raise NotThere
    lacking = await acts.missing_at_yes(actor, found, now())
    yes = in_full(form, lacking)
    if form.value is None or yes is None:
        return await _ask(request, form, found, lacking, status=422 if form.errors else 200)
    opening = form.value.opening
    try:
        made = await acts.say_yes(actor, posting, opening, yes, now(), today(now()))
    except DomainError as problem:
        form.refuse(problem)
        return await _ask(request, form, found, lacking, status=422)
    return go(request, f"/matches/{made}")


def in_full(form: Filled[F], lacking: tuple[str, ...]) -> acts.Yes | None:
    """The yes with all it needs, else None: what was asked and left open is refused by field."""
    said = form.value
    if said is None:
        return None
    fields = []
    if "language" in lacking and said.language_level is None:
        fields.append("language_level")
    if "age" in lacking and not said.is_adult:
        fields.append("is_adult")
    for field in fields if said.asked else ():
        form.refuse(DomainError("matches.error.answer", field))
    if fields:
        return None
    return acts.Yes(
        consent=said.consent, language_level=said.language_level, is_adult=said.is_adult
    )


async def _ask(
    request: Request[Any, Any, Any],
    form: Filled[YesForm],
    posting: Posting,
    lacking: tuple[str, ...],
    status: int,
) -> Template:
    chosen = form.text("opening")
    # Who chose one of several that is gone reads which one is left.
    least = 1 if chosen else 2
    choices = await acts.choices_at_yes(signed_in(request), posting.id, now(), least)
    if choices and chosen not in {one.id for one in choices}:
        chosen = acts.first_free(choices).id
    return page(
        request,
        "matches/yes.html",
        status=status,
        form=form,
        posting=posting,
        openings=choices,
        chosen=chosen,
        lacking=lacking,
        levels=LEVELS,
        target=f"/postings/{posting.id}/interest",
        back=f"/postings/{posting.id}",
    )


@act("/postings/{posting:str}/refusal", policy="signed_in")
async def say_no(request: Request[Any, Any, Any], posting: FromPath[str]) -> Response[Any]:
    """No to this task, and on to the next suggestion."""
    await move_form(request)
    made = await acts.say_no(signed_in(request), posting, now(), today(now()))
    return go(request, f"/home?undo={made}")


ROUTES: list[Any] = [say_yes, say_no]
