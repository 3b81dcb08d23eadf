"""One posting against many offers: our list of 50, scored, beside the bare query on the same index.

The world is the one of research/matching.md 3: times p = .2, languages p = .6/(n+1), radii of 3 to
25 km; here within regions, as people are matched within theirs.
"""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from random import Random

from bruecke.domain.matching import rank
from bruecke.domain.matching.geography import distance_km
from bruecke.domain.matching.profile import OfferProfile, PostingProfile
from bruecke.reference.languages import languages
from bruecke.reference.postcodes import areas, locate
from bruecke.store import candidates, profile_rows, profiles
from bruecke.store.engine import use_engine
from bruecke.store.migrations import migrate
from bruecke.store.transaction import transaction
from bruecke.store.tuples import fetch
from tests.bench.figures import Figure, within

DAY = 20_779
NOW = DAY * 86_400
POSTINGS = 120
RADII = (3, 5, 10, 15, 25)
SPOKEN = 12


def _slots(chance: Random, share: float) -> int:
    return sum(1 << bit for bit in range(28) if chance.random() < share)


def _places(city: bool) -> list[tuple[str, tuple[float, float]]]:
    """(region, place) of every postcode, or of those within 25 km of the middle of Kassel."""
    middle = locate("34117")
    assert middle is not None
    found = [(code[:2], (place.lat, place.lon)) for code, place in areas().items()]
    if city:
        here = (middle.lat, middle.lon)
        return [("kassel", place) for _, place in found if distance_km(here, place) < 25]
    return found


def offers(count: int, city: bool, chance: Random) -> list[OfferProfile]:
    """So many people, everywhere or in one city."""
    where, tags = _places(city), [entry.tag for entry in languages()][:SPOKEN]
    made = []
    for number in range(count):
        region, place = chance.choice(where)
        told = {
            tag: chance.randint(2, 6)
            for rank_, tag in enumerate(tags)
            if chance.random() < (0.97 if not rank_ else 0.6 / (rank_ + 1))
        }
        made.append(
            OfferProfile(
                id=f"o{number}",
                person="",
                region=region,
                anything=chance.random() < 0.3,
                activities=chance.getrandbits(12) & chance.getrandbits(12),
                skills=chance.getrandbits(55) & chance.getrandbits(55),
                slots=_slots(chance, 0.2),
                radius_km=chance.choice(RADII),
                place=(place[0] + chance.gauss(0, 0.008), place[1] + chance.gauss(0, 0.012)),
                languages=told,
                age_band="adult",
                confirmed_at=NOW - 86_400 * chance.randint(0, 200),
            )
        )
    return made


def postings(count: int, city: bool, chance: Random) -> list[PostingProfile]:
    """So many tasks of a few hours a week."""
    where = _places(city)
    made = []
    for number in range(count):
        region, place = chance.choice(where)
        made.append(
            PostingProfile(
                id=f"p{number}",
                region=region,
                organisation="",
                activity=1 << chance.randrange(12),
                skills=1 << chance.randrange(55),
                slots=_slots(chance, 0.1) or 1,
                places=2,
                places_left=2,
                radius_km=chance.choice(RADII),
                place=place,
                language_required=chance.choice(("", "", "de", "ar")),
                language_level=2,
            )
        )
    return made


async def _measure(count: int, city: bool, name: str) -> Figure:
    chance = Random(11)
    asked: list[tuple[str, list[object]]] = []

    async def noted(sql: str, values: list[object]) -> object:
        asked.append((sql.replace("{}", "?"), list(values)))
        return await fetch(sql, values)

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite3"
        engine = use_engine(f"sqlite:///{file}")
        await engine.start_connection_pool()
        await migrate()
        async with transaction():
            await profiles.add_many(
                [profile_rows.of_offer(one) for one in offers(count, city, chance)]
            )
        tasks = postings(POSTINGS, city, chance)
        bare = sqlite3.connect(file)
        bare.execute("ANALYZE")
        ours_ms, bare_ms, eligible = [], [], []
        candidates.fetch = noted  # type: ignore[attr-defined]
        try:
            for task in (*tasks[:20], *tasks):
                before = time.perf_counter()
                found = rank.for_posting(task, await candidates.offers_for(task, DAY), NOW)
                between = time.perf_counter()
                rows = bare.execute(*asked[-1]).fetchall()
                after = time.perf_counter()
                ours_ms.append(1000 * (between - before))
                bare_ms.append(1000 * (after - between))
                eligible.append(len(rows))
                assert len(found) <= min(50, len(rows))
        finally:
            candidates.fetch = fetch  # type: ignore[attr-defined]
            bare.close()
            await engine.close_connection_pool()
    ours, plain = statistics.median(ours_ms[20:]), statistics.median(bare_ms[20:])
    return Figure(
        f"one posting against {count:,} offers, {name}, top 50 scored",
        f"{ours:.2f} ms, {ours / plain:.2f} × the bare query ({plain:.2f} ms),"
        f" {statistics.median(eligible[20:]):.0f} candidates",
        "≤ 1.5 × the bare query",
        within(ours / plain, 1.5),
    )


def measure() -> list[Figure]:
    """Over Germany and in one city."""
    return [
        asyncio.run(_measure(100_000, False, "over Germany")),
        asyncio.run(_measure(10_000, True, "in one city")),
    ]
