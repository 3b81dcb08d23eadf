"""What an association looks for, drafted: from a template, or an event or request of its own."""

from typing import Any

from bruecke.domain import slots
from bruecke.domain.access import Actor, scope_of
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.organisation import Organisation
from bruecke.domain.posting_rules import age_bands
from bruecke.keys import keyed_hash
from bruecke.reference.skills import codes_to_mask
from bruecke.reference.templates import Template, templates_by_code
from bruecke.store import history, idempotency, organisations, postings, regions
from bruecke.store.ids import new_id
from bruecke.store.tables import Opening, Posting
from bruecke.store.transaction import transaction

# Where a posting without a template starts: the activity can be changed, its limits are shown.
FREE_KINDS: dict[str, str] = {"event": "festivals", "support": "accounts"}


async def draft_from_template(
    actor: Actor, organisation: str, template_code: str, form_key: str, now: int
) -> str:
    """A draft with everything the template says and one opening; answers the posting's id.

    Allowed before verification: a draft is seen by its organisation only. The same form sent twice
    makes one draft. Raises NotThere for somebody else's organisation, DomainError for an unknown
    template or a refused organisation.
    """
    template = templates_by_code().get(template_code)
    if organisation not in actor.organisations:
        raise NotThere
    if template is None:
        raise DomainError("error.invalid", "template")
    columns = _from_template(template)
    return await _draft(actor, organisation, template_code, columns, template.places, form_key, now)


async def draft_of_kind(
    actor: Actor, organisation: str, kind: str, title: str, form_key: str, now: int
) -> str:
    """A draft of an event or a request for support, for which there is no template.

    `title` stands for it until somebody gives it a better one. Raises as `draft_from_template`.
    """
    if organisation not in actor.organisations:
        raise NotThere
    if kind not in FREE_KINDS:
        raise DomainError("error.invalid", "kind")
    columns: dict[str, Any] = {
        "kind": kind,
        "activity": FREE_KINDS[kind],
        "title": title,
        "text_language": actor.reading_language,
        "format": "one_off" if kind == "event" else "flexible",
    }
    return await _draft(actor, organisation, kind, columns, 1, form_key, now)


async def _draft(
    actor: Actor,
    organisation: str,
    code: str,
    columns: dict[str, Any],
    places: int,
    form_key: str,
    now: int,
) -> str:
    key = keyed_hash("draft", "\x00".join((actor.id, organisation, code, form_key)))
    async with transaction():
        done = await idempotency.claim(key, code, now)
        if done is not None:
            return done
        found = await own_organisation(actor, organisation)
        if found.refused_at:
            raise DomainError("organisations.error.refused")
        desk = await regions.desk_of(found.region)
        # Where they met last time is where they meet, until they say otherwise.
        place = {"area": found.area, **await postings.last_place(organisation)}
        posting = Posting(
            id=new_id(),
            region=found.region,
            desk=desk.id if desk else None,
            organisation=organisation,
            contact=actor.id,
            state="draft",
            created_at=now,
            **place,
            **columns,
        )
        await postings.add(posting, [Opening(posting=posting.id, capacity=places)])
        await history.note(actor.id, "drafted", "posting", posting.id, now)
        await idempotency.answer(key, posting.id)
    return str(posting.id)


def _from_template(template: Template) -> dict[str, Any]:
    # Title and text stay empty: the template's own words are there in every language.
    language, level = next(iter(template.languages.items()), ("", 0))
    return {
        "kind": template.kind,
        "template": template.code,
        "activity": template.activity,
        "skills": codes_to_mask(template.skills),
        "format": template.format,
        "slots": _slot_mask(template.slots),
        "language_required": language,
        "language_level": level,
        "german_level": template.languages.get("de", 0),
        "age_bands": age_bands(template.home_visit, template.with_children),
        "checks": " ".join(template.checks),
        "home_visit": template.home_visit,
        "with_children": template.with_children,
    }


def _slot_mask(codes: tuple[str, ...]) -> int:
    mask = 0
    for code in codes:
        day, part = code.split("-")
        mask |= slots.slot(slots.DAYS.index(day), slots.PARTS.index(part))
    return mask


async def own_organisation(actor: Actor, organisation: str) -> Organisation:
    """The actor's own organisation; raises NotThere for another's or an unknown one."""
    found = await organisations.get(scope_of(actor), organisation)
    if found is None or organisation not in actor.organisations:
        raise NotThere
    return found
