"""The life cycle of a match, against a table written a second time from DESIGN.md section 3."""

from datetime import date, time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bruecke.domain.errors import MatchMoved
from bruecke.domain.match import (
    ACTORS,
    CLOSED_REASONS,
    DAY,
    DESK_REASONS,
    EVENTS,
    HOLDS,
    NEW,
    OPEN,
    REFUSAL_REASONS,
    STATES,
    TAKES,
    Before,
    contact_open,
    move,
    offer_deadline,
    organisation_sees,
    places_moved,
    shown,
    starts_at,
    unanswered,
    undo_seconds,
)

# from | event | by whom | to: V volunteer, O organisation, D desk, P policy, S system.
LIFE = """
-           yes      V    interested
-           no       V    closed
suggested   yes      V    interested
suggested   no       V    closed
suggested   expire   S    closed
suggested   withdraw V    closed
suggested   close    DS   closed
interested  approve  DP   approved
interested  refuse   DO   closed
interested  withdraw V    closed
interested  close    DS   closed
waitlisted  offer    S    offered
waitlisted  withdraw V    closed
waitlisted  close    DS   closed
offered     accept   V    interested
offered     no       V    closed
offered     expire   S    closed
offered     withdraw V    closed
offered     close    DS   closed
approved    refuse   DO   closed
approved    confirm  ODP  confirmed
approved    silence  S    closed
approved    problem  VOD  paused
approved    withdraw VO   closed
approved    close    DS   closed
confirmed   meet     VOS  active
confirmed   finish   S    done
confirmed   problem  VOD  paused
confirmed   withdraw VO   closed
confirmed   close    DS   closed
active      finish   VOS  done
active      problem  VOD  paused
active      withdraw VO   closed
active      close    DS   closed
paused      resume   D    confirmed
paused      withdraw VO   closed
paused      close    DS   closed
"""
LETTERS = {"V": "volunteer", "O": "organisation", "D": "desk", "P": "policy", "S": "system"}
EXPECTED = {
    (NEW if state == "-" else state, event, LETTERS[letter]): to
    for state, event, by, to in (line.split() for line in LIFE.strip().splitlines())
    for letter in by
}


@pytest.mark.parametrize("state", [NEW, *STATES])
def test_every_state_event_and_actor_answers_as_the_table_says(state: str) -> None:
    for event, actor in product(EVENTS, ACTORS):
        expected = EXPECTED.get((state, event, actor))
        if expected is not None:
            assert move(state, event, actor, prior="confirmed") == expected, (event, actor)
            continue
        with pytest.raises(MatchMoved) as moved:
            move(state, event, actor, prior="confirmed")
        assert moved.value.state == state


def test_the_table_knows_every_event() -> None:
    assert {event for _, event, _ in EXPECTED} == set(EVENTS)
    assert {*DESK_REASONS, *REFUSAL_REASONS} <= set(CLOSED_REASONS)


def test_nothing_leads_out_of_done_and_closed() -> None:
    assert not [key for key in EXPECTED if key[0] in ("done", "closed")]


def test_without_a_free_place_a_yes_and_an_approval_wait_in_line() -> None:
    assert move("suggested", "yes", "volunteer", place_free=False) == "waitlisted"
    assert move("interested", "approve", "desk", place_free=False) == "waitlisted"


def test_an_accepted_place_needs_the_desk_only_if_it_has_not_agreed_yet() -> None:
    assert move("offered", "accept", "volunteer", prior="interested") == "approved"
    assert move("offered", "accept", "volunteer", prior="suggested") == "interested"


@pytest.mark.parametrize("prior", ["approved", "confirmed", "active"])
def test_a_paused_match_goes_on_where_it_stood(prior: str) -> None:
    assert move("paused", "resume", "desk", prior=prior) == prior
    with pytest.raises(MatchMoved):
        move("paused", "resume", "desk", prior="interested")


def test_only_these_states_hold_a_place() -> None:
    assert {"offered", "approved", "confirmed", "active", "paused"} == TAKES
    assert places_moved("interested", "approved") == 1
    assert places_moved("offered", "approved") == 0
    assert places_moved("active", "done") == 0
    assert places_moved("confirmed", "closed") == -1


@given(
    st.integers(1, 3),
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(EXPECTED)))),
)
def test_no_walk_takes_less_than_no_place_or_more_than_there_are(
    capacity: int, walk: list[tuple[int, tuple[str, str, str]]]
) -> None:
    states, priors = [NEW] * 5, [""] * 5
    for who, (_, event, actor) in walk:
        taken = sum(state in HOLDS for state in states)
        before = states[who]
        try:
            after = move(before, event, actor, prior=priors[who])
            if places_moved(before, after) > 0 and taken == capacity:
                after = move(before, event, actor, place_free=False, prior=priors[who])
                if places_moved(before, after) > 0:
                    continue
        except MatchMoved:
            continue
        states[who] = after
        priors[who] = priors[who] if event == "offer" else before
        taken += places_moved(before, after)
        assert 0 <= taken <= capacity
        assert taken == sum(state in HOLDS for state in states)


def test_others_see_a_move_when_its_undo_has_run_out() -> None:
    assert shown("approved", "interested", 130, own_move=False, now=129) == "interested"
    assert shown("approved", "interested", 130, own_move=False, now=130) == "approved"
    assert shown("approved", "interested", 130, own_move=True, now=100) == "approved"
    assert [undo_seconds(side) for side in ACTORS] == [10, 10, 30, 0, 0]


def test_an_organisation_sees_what_the_desk_approved_and_nothing_before() -> None:
    early = {"suggested", "interested", "waitlisted", "offered"}
    assert {state for state in STATES if organisation_sees(state, "")} == {
        *STATES,
    } - early - {"closed"}
    assert organisation_sees("closed", "confirmed") and not organisation_sees(
        "closed", "interested"
    )


@pytest.mark.parametrize("state", [*OPEN, "closed"])
def test_contacts_are_open_only_while_both_are_together(state: str) -> None:
    expected = state in ("confirmed", "active")
    assert contact_open(state, "approved", 100, 90, 100) is expected


def test_contacts_wait_for_the_undo_and_close_two_weeks_after_done() -> None:
    assert not contact_open("confirmed", "approved", 130, 100, 129)
    assert contact_open("active", "confirmed", 130, 120, 121)
    assert contact_open("paused", "active", 0, 0, 100)
    assert not contact_open("paused", "approved", 0, 0, 100)
    assert contact_open("done", "active", 0, 0, 14 * DAY - 1)
    assert not contact_open("done", "active", 0, 0, 14 * DAY)


def test_an_offered_place_is_held_two_days_or_half_the_time_left() -> None:
    assert offer_deadline(1000, None) == 1000 + 2 * DAY
    assert offer_deadline(1000, 1000 + 30 * DAY) == 1000 + 2 * DAY
    assert offer_deadline(1000, 1000 + 2 * DAY) == 1000 + DAY
    assert offer_deadline(1000, 500) == 1000


def test_six_in_the_evening_stays_six_when_the_clocks_change() -> None:
    summer = starts_at(date(2026, 10, 24), time(18), "Europe/Berlin")
    winter = starts_at(date(2026, 10, 25), time(18), "Europe/Berlin")
    assert winter - summer == 25 * 3600
    assert starts_at(date(2026, 10, 24), None, "Europe/Berlin") > summer


@given(
    st.sampled_from(ACTORS), st.sampled_from([NEW, *STATES]), st.sampled_from([NEW, *STATES]),
    st.integers(0, 2**40), st.integers(0, 2**40),
)  # fmt: skip
def test_the_history_remembers_what_undo_restores(
    side: str, state: str, prior: str, moved: int, visible: int
) -> None:
    before = Before(side, state, prior, "", moved, visible)
    assert Before.read(before.text()) == before
    assert len(before.text()) <= 80
    assert Before.read("") is None


def test_only_the_person_itself_answers_a_suggestion() -> None:
    for reason in CLOSED_REASONS:
        answered = reason in ("declined", "withdrawn")
        assert unanswered("closed", "suggested", reason) is not answered
        assert not unanswered("closed", "interested", reason)
    assert not unanswered("suggested", "", "")
