"""Yes and no to a task: what it agrees to, and the one thing nobody asked before."""

from typing import Annotated, Any, ClassVar

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
from bruecke.store import openings, postings
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
    said = form.value
    if said is None or unanswered(said, lacking):
        asked = said is None or said.asked
        for field in unanswered(said, lacking) if said and said.asked else ():
            form.refuse(DomainError("matches.error.answer", field))
        return await _ask(request, form, found, lacking, status=422 if asked else 200)
    try:
        made = await acts.say_yes(
            actor,
            posting,
            said.opening,
            acts.Yes(
                consent=said.consent, language_level=said.language_level, is_adult=said.is_adult
            ),
            now(),
            today(now()),
        )
    except DomainError as problem:
        form.refuse(problem)
        return await _ask(request, form, found, lacking, status=422)
    return go(request, f"/matches/{made}")


def unanswered(said: YesForm, lacking: tuple[str, ...]) -> list[str]:
    """The fields that a yes still needs."""
    fields = []
    if "language" in lacking and said.language_level is None:
        fields.append("language_level")
    if "age" in lacking and not said.is_adult:
        fields.append("is_adult")
    return fields


async def _ask(
    request: Request[Any, Any, Any],
    form: Filled[YesForm],
    posting: Posting,
    lacking: tuple[str, ...],
    status: int,
) -> Template:
    coming = await openings.coming(posting.id, today(now()))
    known = {one.id for one in coming}
    chosen = form.text("opening")
    if coming and chosen not in known:
        chosen = acts.first_free(coming).id
    several = len(coming) > 1 or form.error("opening") is not None
    return page(
        request,
        "matches/yes.html",
        status=status,
        form=form,
        posting=posting,
        openings=coming if several else [],
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
