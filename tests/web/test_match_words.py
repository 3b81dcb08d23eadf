"""Every state, reason and answer of a match has its words on the pages that show it."""

import pytest

from bruecke.domain.match import CLOSED_REASONS, DESK_REASONS, STATES
from bruecke.language import catalog
from bruecke.language.languages import LANGUAGES
from bruecke.web.matches import MINE, PAST, WAITING

BY_STATE = ("matches.state", "matches.next", "matches.moved", "queue.state")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_state_and_reason_has_its_words(tag: str) -> None:
    keys = [f"{beginning}.{state}" for beginning in BY_STATE for state in STATES]
    keys += [f"matches.closed.{reason}" for reason in CLOSED_REASONS]
    keys += [f"queue.reason.{reason}" for reason in DESK_REASONS]
    assert all(catalog.text(key, tag) for key in keys)


def test_every_answered_state_stands_in_one_list_of_the_volunteer() -> None:
    assert sorted((*MINE, *WAITING, *PAST, "suggested")) == sorted(STATES)
