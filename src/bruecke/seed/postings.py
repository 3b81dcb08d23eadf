"""Turns what the demo wants into postings, shifts and openings around today."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from bruecke.clock import DAY
from bruecke.domain import slots
from bruecke.domain.posting import Posting as PostingView
from bruecke.reference.skills import codes_to_mask
from bruecke.reference.templates import Template, templates_by_code
from bruecke.seed.cast import association, contact_of
from bruecke.seed.needs import NEEDS
from bruecke.seed.people import seeded_id
from bruecke.seed.places import CITIES_BY_SLUG, desk_id
from bruecke.seed.wanted import Dated, Wanted, Weekly
from bruecke.seed.week import OPPORTUNITIES, SUPPORT
from bruecke.store.tables import Opening, Posting, Shift

_REVIEW_DAYS = 90


class Planned(NamedTuple):
    """A posting with its rows and its view; `past` openings are those of shifts already held."""

    wanted: Wanted
    view: PostingView
    row: Posting
    shifts: list[Shift]
    openings: list[Opening]
    past: list[Opening]


def planned(chance: Random, now: int, today: date) -> list[Planned]:
    """Every posting of the demo."""
    return [_plan(chance, now, today, wanted) for wanted in (*NEEDS, *OPPORTUNITIES, *SUPPORT)]


def _plan(chance: Random, now: int, today: date, wanted: Wanted) -> Planned:
    dates = _dates(wanted.when, today)
    created = now - chance.randrange(15 * DAY, 100 * DAY)
    view = _view(chance, wanted, created)
    shifts = [
        Shift(
            id=seeded_id(chance),
            posting=view.id,
            held_on=held_on,
            starts=wanted.when.starts,
            ends=wanted.when.ends,
            state="held" if held_on < today else "planned",
        )
        for held_on in dates
        if wanted.when
    ]
    openings: list[Opening] = []
    past: list[Opening] = []
    occasions: list[Shift | None] = [*shifts] or [None]
    for shift in occasions:
        for task in wanted.tasks or ("",):
            opening = Opening(
                id=seeded_id(chance),
                posting=view.id,
                shift=shift.id if shift else None,
                task=task,
                capacity=wanted.places,
            )
            openings.append(opening)
            if shift and shift.state == "held":
                past.append(opening)
    view = _with_dates(view, wanted, dates, sum(one.capacity for one in openings))
    return Planned(wanted, view, _row(wanted, view, created, today), shifts, openings, past)


def _dates(when: Weekly | Dated | None, today: date) -> list[date]:
    if when is None:
        return []
    monday = today - timedelta(days=today.weekday())
    if isinstance(when, Dated):
        return [monday + timedelta(weeks=when.weeks, days=when.weekday)]
    first = monday + timedelta(days=when.weekday)
    if first < today:
        first += timedelta(weeks=1)
    return [first + timedelta(weeks=number) for number in range(-when.past, when.coming)]


def _view(chance: Random, wanted: Wanted, created: int) -> PostingView:
    template = templates_by_code().get(wanted.template)
    home = association(wanted.organisation)
    slot_codes = tuple(wanted.slots.split()) or (template.slots if template else ())
    skills = tuple(wanted.skills.split()) or (template.skills if template else ())
    language, level = wanted.language, wanted.level
    if not language and template:
        language, level = next(iter(template.languages.items()), ("", 0))
    return PostingView(
        id=seeded_id(chance),
        region=home.city,
        organisation=home.id,
        organisation_name=home.name,
        kind=wanted.kind or (template.kind if template else "need"),
        template=wanted.template,
        activity=wanted.activity or (template.activity if template else ""),
        skills=codes_to_mask(skills),
        title=wanted.title,
        text=wanted.text,
        text_language=wanted.text_language,
        format=wanted.format or (template.format if template else _format(wanted)),
        slots=_slots(slot_codes),
        area=home.district,
        postcode=CITIES_BY_SLUG[home.city].districts[home.district],
        language_required=language,
        language_level=level,
        german_level=level if language == "de" else 0,
        age_bands=wanted.age_bands or _age_bands(template),
        checks=" ".join(template.checks) if template else "",
        home_visit=template.home_visit if template else False,
        with_children=template.with_children if template else False,
        meets_new=chance.random() < 0.5,
        state=wanted.state,
        published_at=0 if wanted.state in ("draft", "review") else created + DAY,
    )


def _with_dates(view: PostingView, wanted: Wanted, dates: list[date], places: int) -> PostingView:
    fields = {name: getattr(view, name) for name in view.__struct_fields__}
    if wanted.when:
        fields |= {
            "starts_on": dates[0],
            "last_date": dates[-1],
            "starts_time": wanted.when.starts,
            "ends_time": wanted.when.ends,
            "slots": slots.of_wall_time(wanted.when.weekday, wanted.when.starts, wanted.when.ends),
        }
    return PostingView(**fields | {"places": places})


def _row(wanted: Wanted, view: PostingView, created: int, today: date) -> Posting:
    columns = {column._meta.name for column in Posting._meta.columns}
    fields = {name: getattr(view, name) for name in view.__struct_fields__ if name in columns}
    home = association(wanted.organisation)
    return Posting(
        **fields,
        desk=desk_id(view.region),
        contact=contact_of(home.id),
        venue=home.name if wanted.when else "",
        closed_reason=wanted.closed_reason,
        # Counted from the day it came in, so that some are already due to be asked "still true?".
        review_by=today + timedelta(days=_REVIEW_DAYS - (view.published_at and _age(view, today))),
        created_at=created,
    )


def _age(view: PostingView, today: date) -> int:
    return today.toordinal() - 719_163 - view.published_at // DAY


def _age_bands(template: Template | None) -> str:
    # Strangers' homes and strangers' secrets are nothing for minors.
    guarded = template and (template.home_visit or "confidentiality" in template.checks)
    return "adult" if guarded else ""


def _format(wanted: Wanted) -> str:
    return "one_off" if wanted.when else "flexible"


def _slots(codes: tuple[str, ...]) -> int:
    mask = 0
    for code in codes:
        day, part = code.split("-")
        mask |= slots.slot(slots.DAYS.index(day), slots.PARTS.index(part))
    return mask
