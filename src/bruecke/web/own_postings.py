"""An organisation's own postings: from a template to published, paused, closed."""

from typing import Annotated, Any, ClassVar

from litestar import Request, Response
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Meta

from bruecke.actions import drafts
from bruecke.actions import postings as acts
from bruecke.clock import now
from bruecke.domain.access import scope_of
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.policy import asks_ahead
from bruecke.domain.posting import CLOSING_REASONS, Changes, OwnPosting, formats_of, when_of
from bruecke.domain.posting_rules import check_posting
from bruecke.language import catalog, languages
from bruecke.language.dates import today
from bruecke.store import organisations, postings, regions, shifts
from bruecke.web.http.forms import Filled, Form, read
from bruecke.web.http.login import signed_in
from bruecke.web.http.render import go, page
from bruecke.web.http.routes import act, show
from bruecke.web.posting_choices import choices_of
from bruecke.web.posting_forms import PostingForm, changes_of, prefilled
from bruecke.web.team import own_organisation

_PUBLISHED = {
    "open": "?done=published",
    "review": "?done=in_review",
    "draft": "?done=unverified",
}


class StartForm(Form, frozen=True, kw_only=True):
    """Which of the ten templates, or a kind that has none."""

    template: Annotated[str, Meta(max_length=40)] = ""
    kind: Annotated[str, Meta(max_length=20)] = ""


class ButtonForm(Form, frozen=True, kw_only=True):
    """Nothing but the button."""


class ClosingForm(Form, frozen=True, kw_only=True):
    """Why it is over."""

    ERRORS: ClassVar[dict[str, str]] = {"reason": "postings.error.reason_required"}

    reason: Annotated[str, Meta(max_length=20)] = ""


@show("/postings/new", policy="representative", sync_to_thread=False)
def show_new(request: Request[Any, Any, Any]) -> Response[Any]:
    """To the templates of one's own organisation, the first of several."""
    return go(request, f"/organisations/{signed_in(request).organisations[0]}/postings/new")


@show("/organisations/{organisation:str}/postings/new", policy="representative")
async def show_templates(request: Request[Any, Any, Any], organisation: FromPath[str]) -> Template:
    """Ten templates to start from, and two kinds without one."""
    _, found = await own_organisation(request, organisation)
    if found.refused_at:
        raise NotThere
    kinds = tuple(drafts.FREE_KINDS)
    return page(request, "organisations/templates.html", organisation=found, kinds=kinds)


@act("/organisations/{organisation:str}/postings", policy="representative")
async def post_draft(request: Request[Any, Any, Any], organisation: FromPath[str]) -> Response[Any]:
    """A draft with everything filled in, and on to its check-answers page."""
    actor = signed_in(request)
    form = await read(request, StartForm)
    if form.value is None or not form.value.idempotency_key:
        raise NotThere
    key, code, kind = form.value.idempotency_key, form.value.template, form.value.kind
    if kind and not code:
        title = catalog.text(f"posting_form.kind.{kind}") if kind in drafts.FREE_KINDS else ""
        made = await drafts.draft_of_kind(actor, organisation, kind, title, key, now())
    else:
        made = await drafts.draft_from_template(actor, organisation, code, key, now())
    return go(request, f"/postings/{made}/edit")


@show("/postings/{posting:str}/edit", policy="representative")
async def show_edit(request: Request[Any, Any, Any], posting: FromPath[str]) -> Template:
    """All answers filled in; only what differs is changed."""
    found = await _own(request, posting)
    kept = await shifts.of_posting(found.id)
    tag = languages.current.get().tag
    return await _edit(request, found, prefilled(found, kept, today(now()), tag))


@act("/postings/{posting:str}/edit", policy="representative")
async def post_edit(
    request: Request[Any, Any, Any], posting: FromPath[str]
) -> Template | Response[Any]:
    """Keeps the answers; a draft stays one."""
    found = await _own(request, posting)
    form = await read(request, PostingForm)
    changes = _checked(form, found)
    if changes is None:
        return await _edit(request, found, form, 422)
    return await _keep(request, found, form, changes)


@act("/postings/{posting:str}/publication", policy="representative")
async def post_publication(
    request: Request[Any, Any, Any], posting: FromPath[str]
) -> Template | Response[Any]:
    """Public at once, or at the desk first, or kept until the organisation is verified."""
    actor, instant = signed_in(request), now()
    found = await _own(request, posting)
    form = await read(request, PostingForm)
    changes = _checked(form, found)
    if changes is None or form.value is None:
        return await _edit(request, found, form, 422)
    key = form.value.idempotency_key
    if not key or (found.is_draft and _asks_anew(found, form.value)):
        return await _keep(request, found, form, changes)
    try:
        state = await acts.publish(actor, posting, changes, key, instant, today(instant))
    except DomainError as problem:
        form.refuse(problem)
        return await _edit(request, found, form, 422)
    return go(request, f"/organisations/{found.organisation}/today{_PUBLISHED[state]}")


@act("/postings/{posting:str}/pause", policy="representative")
async def post_pause(request: Request[Any, Any, Any], posting: FromPath[str]) -> Response[Any]:
    """Nobody new for a while."""
    if (await read(request, ButtonForm)).value is None:
        raise NotThere
    instant = now()
    await acts.pause(signed_in(request), posting, instant, today(instant))
    return go(request, f"/postings/{posting}/edit?done=posting_paused")


@act("/postings/{posting:str}/resumption", policy="representative")
async def post_resumption(request: Request[Any, Any, Any], posting: FromPath[str]) -> Response[Any]:
    """Open again."""
    if (await read(request, ButtonForm)).value is None:
        raise NotThere
    instant = now()
    await acts.resume(signed_in(request), posting, instant, today(instant))
    return go(request, f"/postings/{posting}/edit?done=posting_resumed")


@act("/postings/{posting:str}/closing", policy="representative")
async def post_closing(
    request: Request[Any, Any, Any], posting: FromPath[str]
) -> Template | Response[Any]:
    """Over, with the reason."""
    instant = now()
    found = await _own(request, posting)
    form = await read(request, ClosingForm)
    try:
        reason = form.value.reason if form.value else ""
        await acts.close(signed_in(request), posting, reason, instant, today(instant))
    except DomainError as problem:
        kept = await shifts.of_posting(found.id)
        shown = prefilled(found, kept, today(instant), languages.current.get().tag)
        shown.refuse(problem)
        return await _edit(request, found, shown, 422)
    return go(request, f"/organisations/{found.organisation}/today?done=posting_closed")


async def _own(request: Request[Any, Any, Any], posting: str) -> OwnPosting:
    found = await postings.own(scope_of(signed_in(request)), today(now()), posting)
    if found is None:
        raise NotThere
    return found


def _checked(form: Filled[PostingForm], found: OwnPosting) -> Changes | None:
    """All that was said, or None with every problem beside its question."""
    day = today(now())
    changes = changes_of(form, found, day)
    if changes is not None:
        for problem in check_posting(found, changes, day):
            form.refuse(problem)
    return None if form.errors else changes


def _asks_anew(found: OwnPosting, sent: PostingForm) -> bool:
    """Whether another rhythm brings questions nobody has seen yet."""
    return when_of(found.kind, sent.format) != when_of(found.kind, sent.shown)


async def _keep(
    request: Request[Any, Any, Any],
    found: OwnPosting,
    form: Filled[PostingForm],
    changes: Changes,
) -> Template | Response[Any]:
    instant = now()
    try:
        await acts.revise(signed_in(request), found.id, changes, instant, today(instant))
    except DomainError as problem:
        form.refuse(problem)
        return await _edit(request, found, form, 422)
    anew = form.value is not None and _asks_anew(found, form.value)
    said = "?done=look_again" if anew else "?done=kept"
    return go(request, f"/postings/{found.id}/edit{said}")


async def _edit(
    request: Request[Any, Any, Any],
    found: OwnPosting,
    form: Filled[PostingForm],
    status: int = 200,
) -> Template:
    said = form.text("places")[:2]
    return page(
        request,
        "postings/edit.html",
        status=status,
        posting=found,
        organisation=await organisations.get(scope_of(signed_in(request)), found.organisation),
        form=form,
        choices=choices_of(found, today(now()), int(said) if said.isdecimal() else 1),
        formats=formats_of(found.kind),
        reasons=CLOSING_REASONS,
        asks_ahead=await _asks_ahead(found),
    )


async def _asks_ahead(found: OwnPosting) -> bool:
    """Whether a yes given ahead can count here."""
    region = await regions.get(found.region)
    return region is not None and region.passes_by_itself and asks_ahead(found)


ROUTES: list[Any] = [
    show_new,
    show_templates,
    post_draft,
    show_edit,
    post_edit,
    post_publication,
    post_pause,
    post_resumption,
    post_closing,
]
