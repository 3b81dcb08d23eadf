"""What a posting must say, when it takes place, and what a change may do to given dates."""

import itertools
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec
import pytest

from bruecke.domain import slots
from bruecke.domain.errors import DomainError
from bruecke.domain.posting import Changes, OwnPosting, Task, when_of
from bruecke.domain.posting_rules import (
    check_posting,
    checks_of,
    last_date_of,
    needs_review,
    occasions,
    review_day,
    slots_of,
)
from bruecke.domain.shift import Kept, Occasion, plan, weekly_dates

TODAY = date(2026, 11, 22)
TUESDAY = date(2026, 12, 1)
LUNCH = OwnPosting(
    id="p", region="kassel", organisation="o", kind="opportunity", template="lunch_table"
)
NEED = OwnPosting(id="p", region="kassel", organisation="o", template="homework_help")
ONCE = Changes(format="one_off", places=4, starts_on=TUESDAY, starts=time(16), ends=time(18))
WEEKLY = msgspec.structs.replace(ONCE, format="recurring", weekdays=(1,))
LOOSE = Changes(format="tandem", places=1, weekdays=(1, 3), parts=(2,))


def said(posting: OwnPosting, changes: Changes, **other: object) -> set[tuple[str, str]]:
    """Keys and fields of what is wrong."""
    found = check_posting(posting, msgspec.structs.replace(changes, **other), TODAY)
    return {(one.key.rpartition(".")[2], one.field) for one in found}


def test_what_a_template_says_is_right() -> None:
    assert said(LUNCH, ONCE) == said(LUNCH, WEEKLY) == said(NEED, LOOSE) == set()


@pytest.mark.parametrize("places", [0, -1, 100])
def test_places_are_one_to_ninety_nine(places: int) -> None:
    assert said(NEED, LOOSE, places=places) == {("places", "places")}


def test_nothing_begins_in_the_past_or_in_years() -> None:
    assert said(LUNCH, ONCE, starts_on=date(2026, 11, 21)) == {("past_date", "starts_on")}
    assert said(LUNCH, ONCE, starts_on=date(2028, 1, 1)) == {("far_date", "starts_on")}
    assert said(LUNCH, ONCE, starts_on=None) == {("date_required", "starts_on")}


def test_what_is_open_may_have_begun_long_ago() -> None:
    began = date(2026, 9, 1)
    running = msgspec.structs.replace(LUNCH, state="open", starts_on=began)
    assert said(running, WEEKLY, starts_on=began) == set()
    assert said(LUNCH, WEEKLY, starts_on=began) == {("past_date", "starts_on")}


def test_the_end_comes_after_the_start() -> None:
    for ends in (time(16), time(9)):
        assert said(LUNCH, ONCE, ends=ends) == {("ends_before_start", "time")}
    assert said(LUNCH, ONCE, ends=None) == {("time_required", "time")}


def test_a_weekly_rule_needs_a_day_and_a_date_before_its_end() -> None:
    assert said(LUNCH, WEEKLY, weekdays=()) == {("days_required", "days")}
    assert said(LUNCH, WEEKLY, last_date=date(2026, 11, 30)) == {("no_dates", "last_date")}
    assert said(NEED, LOOSE, last_date=date(2026, 11, 1)) == {("last_date", "last_date")}
    assert said(NEED, LOOSE, weekdays=(), parts=()) == {("days_required", "days")}


def test_german_above_a_little_is_not_asked_for() -> None:
    assert said(NEED, LOOSE, language_required="de", language_level=3) == {
        ("german", "language_level")
    }
    assert said(NEED, LOOSE, language_required="ar", language_level=5) == set()


def test_tasks_have_names_of_their_own() -> None:
    assert said(LUNCH, ONCE, tasks=(Task("Essen"), Task("Essen"))) == {("tasks_alike", "tasks")}
    assert said(LUNCH, ONCE, tasks=(Task("", 3),)) == {("tasks", "tasks")}
    many = tuple(Task(f"Stand {number}") for number in range(13))
    assert said(LUNCH, ONCE, tasks=many) == {("tasks", "tasks")}


def test_what_has_no_template_needs_a_title_and_what_has_a_date_keeps_it() -> None:
    free = OwnPosting(id="p", region="kassel", organisation="o", kind="event")
    assert said(free, ONCE) == {("title_required", "title")}
    assert said(free, ONCE, title="Runder Tisch", format="tandem") == {("invalid", "format")}


def test_kind_and_format_say_how_times_are_told() -> None:
    assert when_of("need", "recurring") == when_of("support", "flexible") == "loose"
    assert when_of("opportunity", "recurring") == when_of("event", "recurring") == "weekly"
    assert when_of("need", "one_off") == when_of("event", "one_off") == "once"


def test_a_weekly_rule_is_written_out_for_eight_weeks() -> None:
    dates = weekly_dates(TUESDAY, (1,), TODAY)
    assert dates[0] == TUESDAY and len(dates) == 8
    assert {(later - sooner).days for sooner, later in itertools.pairwise(dates)} == {7}
    assert weekly_dates(TUESDAY, (1,), TODAY, date(2026, 12, 15))[-1] == date(2026, 12, 15)
    assert weekly_dates(date(2026, 10, 6), (1,), TODAY)[0] == date(2026, 11, 24)


def test_six_in_the_evening_stays_six_when_the_clocks_change() -> None:
    rule = msgspec.structs.replace(
        WEEKLY, weekdays=(6,), starts_on=date(2027, 3, 21), starts=time(18), ends=time(20)
    )
    found = occasions("opportunity", rule, TODAY)
    assert [one.held_on for one in found][:2] == [date(2027, 3, 21), date(2027, 3, 28)]
    assert {(one.starts, one.ends) for one in found} == {(time(18), time(20))}
    berlin = ZoneInfo("Europe/Berlin")
    offsets = [
        datetime.combine(one.held_on, one.starts, berlin).utcoffset()
        for one in found[:2]
        if one.held_on and one.starts
    ]
    assert offsets[0] != offsets[1]


def test_every_task_has_its_places_at_every_date() -> None:
    rule = msgspec.structs.replace(
        WEEKLY, tasks=(Task("Küche", 2), Task("Begrüßung")), last_date=date(2026, 12, 8)
    )
    found = occasions("opportunity", rule, TODAY)
    assert [(one.held_on, one.task, one.capacity) for one in found] == [
        (TUESDAY, "Küche", 2),
        (TUESDAY, "Begrüßung", 4),
        (date(2026, 12, 8), "Küche", 2),
        (date(2026, 12, 8), "Begrüßung", 4),
    ]


def test_dates_become_parts_of_the_week() -> None:
    assert slots_of("opportunity", ONCE, 0) == slots.of_days((1,), (2,))
    both = msgspec.structs.replace(WEEKLY, weekdays=(1, 3), ends=time(19))
    assert slots_of("opportunity", both, 0) == slots.of_days((1, 3), (2, 3))


def test_parts_of_the_week_stay_when_nobody_touched_them() -> None:
    was = slots.slot(1, 2) | slots.slot(3, 3)
    untouched = msgspec.structs.replace(LOOSE, weekdays=(1, 3), parts=(2, 3))
    assert slots_of("need", untouched, was) == was
    assert slots_of("need", LOOSE, was) == slots.of_days((1, 3), (2,))
    anytime = msgspec.structs.replace(LOOSE, weekdays=(), parts=())
    assert slots_of("need", anytime, 0) == slots.ALL


def test_a_posting_ends_with_its_only_date() -> None:
    assert last_date_of("opportunity", ONCE) == TUESDAY
    assert last_date_of("opportunity", WEEKLY) is None


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 22), date(2027, 2, 22)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 9, 30), date(2027, 12, 30)),
    ],
)
def test_after_three_months_somebody_asks_whether_it_is_still_true(day: date, due: date) -> None:
    assert review_day(day) == due


def test_homes_and_children_of_a_first_posting_wait_for_a_person() -> None:
    children = msgspec.structs.replace(NEED, with_children=True)
    assert needs_review(children, LOOSE, has_published=False)
    assert not needs_review(children, LOOSE, has_published=True)
    assert not needs_review(NEED, LOOSE, has_published=False)
    assert needs_review(NEED, msgspec.structs.replace(LOOSE, home_visit=True), False)


def kept(day: date | None, **other: object) -> Kept:
    """A stored place."""
    one = Kept(opening=f"o{day}", shift=f"s{day}" if day else "", held_on=day, starts=time(16))
    return msgspec.structs.replace(one, **other)


def wanted(day: date | None, starts: time = time(16), capacity: int = 1) -> Occasion:
    return Occasion(held_on=day, starts=starts if day else None, capacity=capacity)


def test_a_plan_adds_what_is_new_and_removes_what_nobody_wants() -> None:
    later = date(2026, 12, 8)
    change = plan([kept(None), kept(TUESDAY)], [wanted(TUESDAY), wanted(later)], TODAY)
    assert [one.held_on for one in change.add] == [later]
    assert change.remove == ("oNone",) and change.drop == ()
    assert change.resize == (), "what stays as it is, is not written"


def test_a_plan_never_takes_a_date_from_somebody() -> None:
    for other in ({"asked": 1}, {"taken": 1}):
        with pytest.raises(DomainError, match="people_waiting"):
            plan([kept(TUESDAY, **other)], [], TODAY)
    with pytest.raises(DomainError, match="people_waiting"):
        plan([kept(TUESDAY, asked=1)], [wanted(TUESDAY, time(17))], TODAY)
    with pytest.raises(DomainError, match="places_taken"):
        plan([kept(TUESDAY, taken=2, capacity=3)], [wanted(TUESDAY)], TODAY)


def test_a_plan_leaves_the_past_and_the_cancelled_alone() -> None:
    past, off = date(2026, 11, 1), kept(TUESDAY, state="cancelled", asked=1)
    change = plan([kept(past, taken=1), off], [wanted(TUESDAY)], TODAY)
    assert (change.add, change.remove, change.resize) == ((), (), ())


def test_a_plan_moves_a_date_nobody_has_said_yes_to() -> None:
    change = plan([kept(TUESDAY)], [wanted(TUESDAY, time(17))], TODAY)
    assert change.move == ((f"s{TUESDAY}", time(17), None),)


def test_children_and_homes_ask_for_the_checks_of_our_own_templates() -> None:
    assert checks_of(False, False) == ""
    assert checks_of(True, False) == "interview certificate_seen"
    assert checks_of(False, True) == "interview training confidentiality"
    assert checks_of(True, True) == "interview training confidentiality certificate_seen"


def test_what_was_asked_for_already_stays_and_is_asked_once() -> None:
    assert checks_of(False, False, "food_instruction") == "food_instruction"
    assert checks_of(True, False, "food_instruction interview") == (
        "food_instruction interview certificate_seen"
    )


@pytest.mark.parametrize(
    ("state", "checks", "template", "stays"),
    [
        ("open", "interview certificate_seen", "", True),
        ("paused", "certificate_seen", "", True),
        ("draft", "certificate_seen", "", False),
        ("review", "certificate_seen", "", False),
        ("open", "interview", "", False),
        ("open", "certificate_seen", "homework_help", False),
    ],
)
def test_a_certificate_holds_the_activity_it_was_shown_for(
    state: str, checks: str, template: str, stays: bool
) -> None:
    posting = msgspec.structs.replace(
        NEED, state=state, checks=checks, template=template, activity="cooking", title="Kochen"
    )
    named = msgspec.structs.replace(LOOSE, title="Kochen")
    wrong = {("activity_stays", "activity")} if stays else set()
    assert said(posting, named, activity="sport") == wrong
    assert said(posting, named, activity="cooking") == said(posting, named) == set()
