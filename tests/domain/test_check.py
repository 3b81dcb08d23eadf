"""What counts before somebody starts: which kind, for whom, on which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain.check import (
    CERTIFICATE,
    KINDS,
    CertificateRule,
    Check,
    Entry,
    missing,
    on_file,
    problems,
    valid_until,
)

ROJ, LEARNING = "roj", "learning"
TODAY = date(2026, 11, 22)

days = st.dates(date(2016, 1, 1), date(2036, 12, 31))
places = st.tuples(st.sampled_from([ROJ, "jugend", ""]), st.sampled_from([LEARNING, "sport"]))


@st.composite
def checks(draw: st.DrawFn) -> Check:
    kind, seen_on = draw(st.sampled_from(KINDS)), draw(days)
    carrier, activity = draw(places) if kind == CERTIFICATE else ("", "")
    return Check(
        kind=kind,
        seen_on=seen_on,
        valid_until=valid_until(kind, seen_on),
        organisation=carrier,
        activity=activity,
    )


required = st.lists(st.sampled_from(KINDS), unique=True)


@given(required, st.lists(checks()), days)
def test_every_required_kind_is_either_on_file_or_missing(
    kinds: list[str], filed: list[Check], on: date
) -> None:
    found = on_file(kinds, filed, ROJ, LEARNING, on)
    lacking = missing(kinds, filed, ROJ, LEARNING, on)
    assert list(found) == kinds
    assert set(lacking) == {kind for kind in kinds if not found[kind]}
    for kind, seen in found.items():
        assert {one.kind for one in seen} <= {kind} and all(one in filed for one in seen)
        assert [one.seen_on for one in seen] == sorted((one.seen_on for one in seen), reverse=True)


@given(required, st.lists(checks()), checks(), days)
def test_one_more_check_never_takes_anything_away(
    kinds: list[str], filed: list[Check], more: Check, on: date
) -> None:
    before = set(missing(kinds, filed, ROJ, LEARNING, on))
    after = set(missing(kinds, [*filed, more], ROJ, LEARNING, on))
    assert after <= before and before - after <= {more.kind}


@given(required, st.lists(checks()), days, st.integers(0, 4000))
def test_what_is_missing_once_is_missing_later_too(
    kinds: list[str], filed: list[Check], on: date, later: int
) -> None:
    now = set(missing(kinds, filed, ROJ, LEARNING, on))
    assert now <= set(missing(kinds, filed, ROJ, LEARNING, on + timedelta(days=later)))


@given(days, places, places, st.integers(-4000, 4000))
def test_a_certificate_counts_for_its_carrier_its_activity_and_five_years(
    seen_on: date, shown: tuple[str, str], asked: tuple[str, str], after: int
) -> None:
    until = valid_until(CERTIFICATE, seen_on)
    assert until and (until.year, until.month) == (seen_on.year + 5, seen_on.month)
    check = Check(
        kind=CERTIFICATE,
        seen_on=seen_on,
        valid_until=until,
        organisation=shown[0],
        activity=shown[1],
    )
    on = until + timedelta(days=after)
    assert (missing([CERTIFICATE], [check], *asked, on) == ()) == (shown == asked and after <= 0)


@given(st.sampled_from([kind for kind in KINDS if kind != CERTIFICATE]), days, places, days)
def test_everything_else_counts_everywhere_and_without_end(
    kind: str, seen_on: date, place: tuple[str, str], on: date
) -> None:
    check = Check(kind=kind, seen_on=seen_on, valid_until=valid_until(kind, seen_on))
    assert missing([kind], [check], *place, on) == ()


@given(st.sampled_from(KINDS), st.integers(-4000, 4000), st.booleans())
def test_nothing_is_seen_tomorrow_and_no_certificate_whose_time_is_over(
    kind: str, ago: int, is_fresh: bool
) -> None:
    seen_on = TODAY - timedelta(days=ago)
    said = {one.key: one.field for one in problems(Entry(kind=kind, seen_on=seen_on), TODAY)}
    ticked = problems(Entry(kind=kind, seen_on=seen_on, is_fresh=is_fresh), TODAY)
    assert ("checks.error.future" in said) == (ago < 0)
    over = kind == CERTIFICATE and (valid_until(kind, seen_on) or TODAY) < TODAY
    assert (said.get("checks.error.over") == "seen_on") == over
    asked = "checks.error.fresh_required" in [one.key for one in ticked]
    assert asked == (kind == CERTIFICATE and not is_fresh)


@pytest.mark.parametrize(
    ("seen_on", "until"),
    [(date(2026, 11, 22), date(2031, 11, 22)), (date(2024, 2, 29), date(2029, 2, 28))],
)
def test_five_years_end_on_the_same_day_of_the_year(seen_on: date, until: date) -> None:
    assert valid_until(CERTIFICATE, seen_on) == until


def test_a_region_may_set_other_years() -> None:
    assert valid_until(CERTIFICATE, TODAY, CertificateRule(years_valid=3)) == date(2029, 11, 22)
    entry = Entry(kind=CERTIFICATE, seen_on=date(2023, 11, 1), is_fresh=True)
    assert problems(entry, TODAY) == []
    assert [one.key for one in problems(entry, TODAY, CertificateRule(years_valid=3))] == [
        "checks.error.over"
    ]


def test_an_unknown_kind_is_refused() -> None:
    [wrong] = problems(Entry(kind="passport", seen_on=TODAY), TODAY)
    assert (wrong.key, wrong.field) == ("error.invalid", "kind")
