"""The check-answers page of a posting: what it asks, what is filled in before, what was said."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from bruecke.domain import slots
from bruecke.domain.errors import DomainError
from bruecke.domain.posting import (
    AREA_LENGTH,
    LEVELS,
    TEXT_LENGTH,
    TITLE_LENGTH,
    VENUE_LENGTH,
    Changes,
    OwnPosting,
    Task,
    when_of,
)
from bruecke.domain.shift import Kept
from bruecke.reference.activities import activities_by_code
from bruecke.reference.languages import languages
from bruecke.web.http.forms import Filled, Form, empty
from bruecke.web.posting_choices import choices_of

_SPAN = re.compile(r"([01]\d|2[0-3])([0-5]\d)-([01]\d|2[0-3])([0-5]\d)")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_TASK = re.compile(r"(.*?)[\s:x×]*(\d{1,3})?")

Weekday = Annotated[int, Meta(ge=0, le=6)]
Part = Annotated[int, Meta(ge=0, le=3)]


class PostingForm(Form, frozen=True, kw_only=True):
    """Every answer of the page; `shown` is the format it was drawn for.

    Typed numbers, dates and times stand in place of the chips above them.
    """

    ERRORS: ClassVar[dict[str, str]] = {
        "places": "postings.error.places",
        "places_more": "postings.error.places",
        "starts_on": "postings.error.date",
        "last_date": "postings.error.date",
        "tasks": "postings.error.tasks",
        "title": "postings.error.title_long",
        "text": "postings.error.text_long",
        "area": "postings.error.place_long",
        "venue": "postings.error.place_long",
    }

    shown: Annotated[str, Meta(max_length=20)] = ""
    format: Annotated[str, Meta(max_length=20)] = ""
    places: Annotated[str, Meta(max_length=5)] = ""
    places_more: int | None = None
    days: tuple[Weekday, ...] = ()
    parts: tuple[Part, ...] = ()
    day: Annotated[str, Meta(max_length=10)] = ""
    starts_on: date | None = None
    last_date: date | None = None
    time: Annotated[str, Meta(max_length=9)] = ""
    starts: Annotated[str, Meta(max_length=5)] = ""
    ends: Annotated[str, Meta(max_length=5)] = ""
    tasks: Annotated[str, Meta(max_length=1200)] = ""
    activity: Annotated[str, Meta(max_length=40)] = ""
    area: Annotated[str, Meta(max_length=AREA_LENGTH)] = ""
    venue: Annotated[str, Meta(max_length=VENUE_LENGTH)] = ""
    language_required: Annotated[str, Meta(max_length=12)] = ""
    language_level: int = LEVELS[0]
    title: Annotated[str, Meta(max_length=TITLE_LENGTH)] = ""
    text: Annotated[str, Meta(max_length=TEXT_LENGTH)] = ""
    text_language: Annotated[str, Meta(max_length=12)] = ""
    home_visit: bool = False
    with_children: bool = False
    advance_consent: bool = False


def prefilled(
    posting: OwnPosting, kept: Sequence[Kept], today: date, ui_language: str
) -> Filled[PostingForm]:
    """The page before anybody touched it: everything the template and the last time say."""
    choices = choices_of(posting, today)
    coming = [one for one in kept if one.held_on is None or one.held_on >= today] or list(kept)
    places = coming[0].capacity if coming else 1
    tasks = {one.task: one.capacity for one in coming if one.task}
    pairs = slots.pairs(posting.slots)
    start = posting.starts_on
    if choices.when != "loose" and start is None:
        start = choices.days[0] if choices.when == "once" else today
    usual = choices.times[min(1, len(choices.times) - 1)]
    span = next((one for one in choices.times if one[1] == posting.starts_time), usual)
    return empty(
        PostingForm,
        format=posting.format,
        places=str(places),
        days=[str(day) for day in sorted({day for day, _ in pairs})],
        parts=[str(part) for part in sorted({part for _, part in pairs})],
        day=str(start or ""),
        starts_on=str(start or "") if choices.when != "once" else "",
        last_date=str(posting.last_date or "") if choices.when != "once" else "",
        time=span[0],
        tasks="\n".join(f"{name} {number}" for name, number in tasks.items()),
        activity=posting.activity,
        area=posting.area,
        venue=posting.venue,
        language_required=posting.language_required,
        language_level=str(posting.language_level or LEVELS[0]),
        title=posting.title,
        text=posting.text,
        text_language=posting.text_language or ui_language,
        home_visit="1" if posting.home_visit else "",
        with_children="1" if posting.with_children else "",
        advance_consent="1" if posting.advance_consent else "",
    )


def changes_of(form: Filled[PostingForm], posting: OwnPosting, today: date) -> Changes | None:
    """What was said, or None with everything that cannot be read beside its field."""
    sent = form.value
    if sent is None:
        return None
    places = _places(form, sent)
    tasks = _tasks(sent.tasks)
    _refuse_unknown(form, sent)
    when = when_of(posting.kind, sent.format)
    starts_on, starts, ends = _when(form, sent, posting, today)
    if form.errors:
        return None
    return Changes(
        format=sent.format,
        places=places,
        weekdays=tuple(sorted(set(sent.days))),
        parts=tuple(sorted(set(sent.parts))),
        starts_on=starts_on,
        last_date=sent.last_date if when != "once" else None,
        starts=starts,
        ends=ends,
        tasks=tasks if when != "loose" else (),
        activity=sent.activity,
        area=sent.area,
        venue=sent.venue,
        language_required=sent.language_required,
        language_level=sent.language_level,
        title=sent.title,
        text=sent.text,
        text_language=sent.text_language,
        home_visit=sent.home_visit,
        with_children=sent.with_children,
        advance_consent=sent.advance_consent,
    )


def _places(form: Filled[PostingForm], sent: PostingForm) -> int:
    if sent.places_more is not None:
        return sent.places_more
    if not sent.places.isdecimal():
        form.refuse(DomainError("postings.error.places", "places"))
        return 0
    return int(sent.places)


def _tasks(said: str) -> tuple[Task, ...]:
    """ "Aufbauen 3" in a line of its own is a task with three places."""
    found = [_TASK.fullmatch(line.strip()) for line in said.splitlines() if line.strip()]
    return tuple(Task(one[1].strip(), int(one[2] or 0)) for one in found if one)


def _refuse_unknown(form: Filled[PostingForm], sent: PostingForm) -> None:
    for field in ("language_required", "text_language"):
        said = getattr(sent, field)
        if said and said not in languages():
            form.refuse(DomainError("error.invalid", field))
    if sent.activity and sent.activity not in activities_by_code():
        form.refuse(DomainError("error.invalid", "activity"))
    if not 1 <= sent.language_level <= 6:
        form.refuse(DomainError("error.invalid", "language_level"))


def _when(
    form: Filled[PostingForm], sent: PostingForm, posting: OwnPosting, today: date
) -> tuple[date | None, time | None, time | None]:
    when = when_of(posting.kind, sent.format)
    if when == "loose":
        return sent.starts_on, None, None
    if when != when_of(posting.kind, sent.shown):
        # The page had no such questions; the next one shows what stands here for now.
        other = msgspec.structs.replace(posting, format=sent.format)
        choices = choices_of(other, today)
        first = choices.days[0] if when == "once" else today
        return first, *choices.times[min(1, len(choices.times) - 1)][1:]
    starts_on = sent.starts_on
    if when == "once" and starts_on is None and sent.day:
        try:
            starts_on = date.fromisoformat(sent.day)
        except ValueError:
            form.refuse(DomainError("postings.error.date", "starts_on"))
    return starts_on, *_clocks(form, sent)


def _clocks(form: Filled[PostingForm], sent: PostingForm) -> tuple[time | None, time | None]:
    span = _SPAN.fullmatch(sent.time)
    if span and not (sent.starts or sent.ends):
        return time(int(span[1]), int(span[2])), time(int(span[3]), int(span[4]))
    said: list[time | None] = []
    for text in (sent.starts, sent.ends):
        clock = _CLOCK.fullmatch(text)
        if text and not clock:
            form.refuse(DomainError("postings.error.time", "time"))
        said.append(time(int(clock[1]), int(clock[2])) if clock else None)
    return said[0], said[1]
