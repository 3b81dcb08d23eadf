"""The prefilter in SQL drops only what a gate fails: candidates and gates are gates alone."""

import os
from random import Random

import pytest

from bruecke.domain import slots
from bruecke.domain.matching import gates, rank
from bruecke.domain.matching.profile import OfferProfile, PostingProfile
from bruecke.domain.matching.score import score
from bruecke.reference.languages import languages
from bruecke.store import candidates, profile_rows, profiles
from bruecke.store.profile_rows import WORD
from bruecke.store.tables import MatchProfile
from bruecke.store.transaction import transaction
from tests.support.worlds import TAGS, random_offer, random_posting

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

DAY = 20_779
NOW = DAY * 86_400
WORLDS = 250 if os.environ.get("BRUECKE_PROVE") else 3
SIZE = 60


async def _store(offers: list[OfferProfile], postings: list[PostingProfile]) -> None:
    await MatchProfile.delete(force=True)
    async with transaction():
        await profiles.add_many(
            [profile_rows.of_offer(one) for one in offers]
            + [profile_rows.of_posting(one, DAY) for one in postings]
        )


def _fits(offer: OfferProfile, posting: PostingProfile) -> bool:
    return gates.may_suggest(gates.answers(offer, posting))


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_in_every_world_nobody_is_lost_and_nobody_is_added(seed: int) -> None:
    chance = Random(seed)
    offers = [random_offer(chance, f"o{number}") for number in range(SIZE)]
    postings = [random_posting(chance, f"p{number}") for number in range(SIZE)]
    await _store(offers, postings)
    found = 0
    for posting in postings:
        stored = {one.id: one for one in await candidates.offers_for(posting, DAY)}
        wanted = {one.id for one in offers if _fits(one, posting)}
        assert {id for id, one in stored.items() if _fits(one, posting)} == wanted, posting
        for one in offers:
            if one.id in wanted:
                said, read = (gates.answers(o, posting) for o in (one, stored[one.id]))
                assert said == read
                assert score(one, posting, NOW) == score(stored[one.id], posting, NOW)
        found += len(wanted)
    for offer in offers:
        read_postings = {one.id: one for one in await candidates.postings_for(offer, DAY)}
        wanted = {one.id for one in postings if _fits(offer, one)}
        assert {id for id, one in read_postings.items() if _fits(offer, one)} == wanted, offer
        expected = rank.for_offer(offer, postings, NOW, SIZE)
        assert rank.for_offer(offer, read_postings.values(), NOW, SIZE) == expected
    assert found > SIZE, "a world without pairs proves nothing"


async def test_an_own_row_read_back_fits_the_same_postings() -> None:
    chance = Random("round trip")
    offers = [random_offer(chance, f"o{number}") for number in range(SIZE)]
    postings = [random_posting(chance, f"p{number}") for number in range(SIZE)]
    await _store(offers, [])
    for offer in offers:
        row = await profiles.get(offer.id)
        assert row is not None
        read = profile_rows.offer(row)
        for posting in postings:
            assert gates.answers(read, posting) == gates.answers(offer, posting)


async def test_what_is_over_is_not_looked_at() -> None:
    chance = Random(5)
    offer = OfferProfile(
        id="o", region="kassel", anything=True, activities=0, skills=0, slots=slots.ALL
    )
    await _store([], [random_posting(chance, f"p{number}") for number in range(SIZE)])
    now = await candidates.postings_for(offer, DAY)
    later = await candidates.postings_for(offer, DAY + 301)
    assert {one.id for one in later} < {one.id for one in now}
    assert {one.days_left for one in now} == {None, 0, 5, 300}
    assert {one.days_left for one in later} == {None}


async def test_a_list_is_read_from_the_index_alone(engine_kind: str) -> None:
    if engine_kind != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")
    chance = Random(1)
    plans: list[str] = []
    original = candidates.fetch

    async def explained(sql: str, values: list[object]) -> object:
        plans.extend(str(row[3]) for row in await original(f"EXPLAIN QUERY PLAN {sql}", values))
        return await original(sql, values)

    candidates.fetch = explained  # type: ignore[assignment]
    try:
        for number in range(SIZE):
            await candidates.offers_for(random_posting(chance, f"p{number}"), DAY)
            await candidates.postings_for(random_offer(chance, f"o{number}"), DAY)
    finally:
        candidates.fetch = original
    assert plans and all("USING COVERING INDEX" in plan for plan in plans), set(plans)


def test_the_languages_of_these_worlds_lie_in_both_words() -> None:
    bits = {entry.bit for entry in languages() if entry.tag in TAGS}
    assert min(bits) < WORD <= max(bits) and len(bits) == len(TAGS)


def test_a_row_holds_no_name_no_text_and_nothing_that_tells_an_origin() -> None:
    columns = {column._meta.name: column for column in MatchProfile._meta.columns}
    texts = {name for name, one in columns.items() if type(one).__name__ in ("Varchar", "Text")}
    assert texts == {"id", "kind", "region"}
    assert not {"name", "title", "text", "postcode", "phone", "email"} & set(columns)
    assert not {"language", "nationality", "origin", "religion"} & set(columns)
