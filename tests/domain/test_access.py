"""Who may enter where."""

import pytest

from bruecke.domain.access import Actor, Seat, may_enter
from bruecke.domain.sign_in import (
    DESK_LIFE,
    REPRESENTATIVE_LIFE,
    SHARED_PHONE_LIFE,
    VOLUNTEER_LIFE,
    login_life,
)


def _actor(method: str, *seats: Seat) -> Actor:
    return Actor(
        id="a", name="A", region="kassel", reading_language="de", method=method, login="l",
        seats=seats,
    )  # fmt: skip


AMINA = _actor("joined")
LEYLA = _actor("code", Seat("representative", organisation="roj"))
ANNA_BY_CODE = _actor("code", Seat("coordinator", region="kassel"))
ANNA = _actor("passkey", Seat("coordinator", region="kassel"))
ADMIN = _actor("passkey", Seat("admin", region="kassel"))


@pytest.mark.parametrize(
    ("policy", "actor", "answer"),
    [
        ("public", None, "yes"),
        ("signed_in", None, "sign_in"),
        ("signed_in", AMINA, "yes"),
        ("representative", AMINA, "no"),
        ("representative", LEYLA, "yes"),
        ("desk", None, "sign_in"),
        ("desk", AMINA, "no"),
        ("desk", LEYLA, "no"),
        ("desk", ANNA_BY_CODE, "passkey"),
        ("desk", ANNA, "yes"),
        ("desk", ADMIN, "no"),
        ("admin", ANNA, "no"),
        ("admin", ADMIN, "yes"),
        ("nobody", ADMIN, "no"),
    ],
)
def test_each_policy_lets_in_whom_it_names(policy: str, actor: Actor | None, answer: str) -> None:
    assert may_enter(policy, actor) == answer


def test_the_most_careful_rule_says_how_long_a_login_lives() -> None:
    assert login_life([], shared_phone=False) == VOLUNTEER_LIFE
    assert login_life(["representative"], shared_phone=False) == REPRESENTATIVE_LIFE
    assert login_life(["representative", "coordinator"], shared_phone=False) == DESK_LIFE
    assert login_life(["coordinator"], shared_phone=True) == SHARED_PHONE_LIFE


def test_a_mailed_code_decides_nothing_at_the_desk() -> None:
    assert ANNA.desk_regions == ("kassel",)
    assert ANNA_BY_CODE.desk_regions == ()
    assert ANNA_BY_CODE.coordinates
