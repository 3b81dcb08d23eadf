"""The bit of every entry is fixed for ever: stored masks would change their meaning."""

import pytest

from bruecke.reference import activities, languages, skills
from bruecke.reference.activities import codes_to_mask as activities_mask
from bruecke.reference.activities import mask_to_codes as activities_in
from bruecke.reference.skills import codes_to_mask as skills_mask
from bruecke.reference.skills import mask_to_codes as skills_in

# The place in the list is the bit. Add at the end only; never move, rename or remove.
ACTIVITY_BITS = """
learning german interpreting office cooking visiting reading sport driving festivals digital
accounts
"""

SKILL_BITS = """
homework maths foreign_languages exams school_talks childcare conversation literacy work_german
oral_interpreting phone_interpreting written_translation forms accompanying letters housing
applications town_guide cooking_for_many serving shopping visiting_elders walks listening
board_games buddy reading_aloud crafts ball_games gymnastics cycling dance driving_car driving_van
carrying repairs gardening set_up stall stage music photos first_aid phones computers website
social_media graphic_design bookkeeping funding minutes statutes planning facilitation mediation
"""

LANGUAGE_BITS = """
de en ar tr uk ru ku ckb fa fa-AF fr pl ro ti so sq am apc acm arz ary syr aii hy az be bn bs bg
zh gsg ee fil ff ka el ha he hi ig id it ja kab kk rw ko hr ln lt mnk mk mn cnr ne nl om pa ps pt
rom sr si sk sl es sw zgh ta th tig cs ce ak hu ur uz vi wo zza
"""


def test_an_activity_keeps_its_bit() -> None:
    assert {entry.code: entry.bit for entry in activities()} == fixed(ACTIVITY_BITS)


def test_a_skill_keeps_its_bit() -> None:
    assert {entry.code: entry.bit for entry in skills()} == fixed(SKILL_BITS)


def test_a_language_keeps_its_bit() -> None:
    assert {entry.tag: entry.bit for entry in languages()} == fixed(LANGUAGE_BITS)


def test_no_bit_is_given_twice() -> None:
    for bits in (
        [entry.bit for entry in activities()],
        [entry.bit for entry in skills()],
        [entry.bit for entry in languages()],
    ):
        assert len(bits) == len(set(bits))


def test_masks_fit_into_a_signed_64_bit_column() -> None:
    assert max(entry.bit for entry in skills()) < 60
    assert max(entry.bit for entry in languages()) < 80


def test_codes_survive_the_way_through_a_mask() -> None:
    assert activities_mask(["german", "cooking"]) == 0b10010
    assert activities_in(0b10010) == ["german", "cooking"]
    everything = [skill.code for skill in skills()]
    assert skills_in(skills_mask(everything)) == everything
    assert skills_in(0) == []


def test_an_unknown_code_is_refused_and_an_unknown_bit_passed_over() -> None:
    with pytest.raises(KeyError):
        activities_mask(["juggling"])
    assert activities_in(1 << 40 | 1) == ["learning"]


def fixed(codes: str) -> dict[str, int]:
    return {code: bit for bit, code in enumerate(codes.split())}
