"""The one narrow case that passes without a person."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain.policy import Facts, asks_ahead, passes
from bruecke.domain.posting import FORMATS, KINDS, Posting

CONDITIONS = Facts.__struct_fields__
HAS_RULE = ("opportunity", "event")
ALL = Facts(**dict.fromkeys(CONDITIONS, True))


@pytest.mark.parametrize("condition", CONDITIONS)
def test_one_condition_that_does_not_hold_is_enough_to_wait(condition: str) -> None:
    assert passes(ALL)
    assert not passes(msgspec.structs.replace(ALL, **{condition: False}))


@given(st.lists(st.booleans(), min_size=len(CONDITIONS), max_size=len(CONDITIONS)))
def test_it_passes_only_where_everything_holds(said: list[bool]) -> None:
    facts = Facts(**dict(zip(CONDITIONS, said, strict=True)))
    assert passes(facts) is all(said)


@given(
    st.builds(
        Posting,
        id=st.just("lunch"),
        region=st.just("kassel"),
        organisation=st.just("roj"),
        kind=st.sampled_from(KINDS),
        format=st.sampled_from(FORMATS),
        checks=st.sampled_from(["", "interview"]),
        home_visit=st.booleans(),
        with_children=st.booleans(),
    )
)
def test_nobody_is_asked_for_a_yes_ahead_that_could_never_count(one: Posting) -> None:
    guarded = bool(one.checks) or one.home_visit or one.with_children
    has_dates = one.format == "one_off" or (one.format == "recurring" and one.kind in HAS_RULE)
    assert asks_ahead(one) == (has_dates and not guarded)
