"""Brings people and openings together, in every state a match can be in."""

from random import Random

import msgspec

from bruecke.actions.matches import fitting
from bruecke.actions.profiles import offer_profile, posting_profile
from bruecke.clock import DAY, HOUR
from bruecke.domain.match import CLOSED_REASONS
from bruecke.domain.match import HOLDS as HOLDING
from bruecke.domain.matching import gates
from bruecke.domain.matching.reasons import reasons
from bruecke.domain.matching.score import POINTS_VERSION, score
from bruecke.seed.cast import VOLUNTEERS
from bruecke.seed.people import Giver, seeded_id
from bruecke.seed.postings import Planned
from bruecke.store.tables import Match, Opening

# Days since the last move: from, to. Approved ones reach past the reminders of day 3 and day 5.
_AGES: dict[str, tuple[int, int]] = {
    "suggested": (0, 13), "interested": (0, 4), "waitlisted": (1, 6), "offered": (0, 1),
    "approved": (1, 8), "confirmed": (1, 6), "active": (5, 90), "paused": (1, 5),
    "done": (8, 60), "closed": (2, 60),
}  # fmt: skip
_SOURCES: dict[str, str] = {"suggested": "engine", "offered": "self", "waitlisted": "self"}
# Filled from the places people really hold down to those who only think about it.
_ORDER = (
    "done", "active", "paused", "confirmed", "approved", "offered", "waitlisted", "closed",
    "interested", "unsure", "suggested",
)  # fmt: skip
_CAST = frozenset(one.id for one in VOLUNTEERS)


class Pairing:
    """Chooses who stands where, the least busy first, and counts the places taken."""

    def __init__(self, chance: Random, now: int, givers: list[Giver]) -> None:
        self.rows: list[Match] = []
        self.unsure: set[str] = set()
        self._chance = chance
        self._now = now
        self._givers = {one.person.id: one for one in givers}
        self._busy = dict.fromkeys(self._givers, 0)
        self._asked: dict[str, int] = {}
        self._paused = 0
        self._closed = 0

    def fill(self, plan: Planned) -> None:
        """All matches of one posting; openings count what is taken."""
        here: set[str] = set()
        for opening in plan.past:
            if plan.view.state == "open":
                self._several(plan, [opening], "done", opening.capacity, set())
        coming = [one for one in plan.openings if one not in plan.past] or plan.openings
        for state in _ORDER:
            self._several(plan, coming, state, plan.wanted.matches.get(state, 0), here)

    def _several(
        self, plan: Planned, openings: list[Opening], state: str, count: int, here: set[str]
    ) -> None:
        named = plan.wanted.cast.get(state)
        for number in range(count):
            person = named if named and not number else self._choose(plan, state, here)
            here.add(person)
            self._busy[person] += 1
            self._add(plan, openings, "interested" if state == "unsure" else state, person)
            if state == "unsure":
                self.unsure.add(str(self.rows[-1].id))

    def _choose(self, plan: Planned, state: str, here: set[str]) -> str:
        posting = posting_profile(plan.view, self._now)
        unknown = 1 if state == "suggested" else 0
        ranked = []
        for person, giver in self._givers.items():
            if person in here or person in _CAST or giver.paused:
                continue
            if giver.offer.region != plan.view.region:
                continue
            profile = offer_profile(giver.offer, giver.person, giver.spoken or [])
            # As the desk reads it: children and homes wait for adults by their own statement.
            stricter = fitting.answers(profile, posting, plan.view)
            said = list({**gates.answers(profile, posting), **stricter}.values())
            fits = "fail" not in said and said.count("unknown") <= unknown
            chosen = profile.anything or bool(profile.activities & posting.activity)
            points = score(profile, posting, self._now).total
            ranked.append((not fits, not chosen, self._busy[person], -points, person))
        return min(ranked)[-1]

    def _add(self, plan: Planned, openings: list[Opening], state: str, person: str) -> None:
        opening = self._place(openings)
        if state in HOLDING:
            opening.taken += 1
        giver = self._givers[person]
        profile = offer_profile(giver.offer, giver.person, giver.spoken or [])
        posting = posting_profile(plan.view, self._now)
        points = score(profile, posting, self._now)
        moved = self._now - self._chance.randrange(*(days * DAY + HOUR for days in _AGES[state]))
        source = _SOURCES.get(state) or self._chance.choice(("engine", "self", "desk"))
        if source == "engine" and not (profile.anything or profile.activities & posting.activity):
            source = "desk"  # the engine proposes only what a person chose
        # Nobody is brought together before both are here.
        earliest = max(giver.offer.created_at, plan.view.published_at) + HOUR
        created = max(earliest, moved if state == "suggested" else moved - 2 * DAY)
        moved = max(created, moved)
        self.rows.append(
            Match(
                id=seeded_id(self._chance),
                opening=opening.id,
                posting=plan.view.id,
                person=person,
                offer=giver.offer.id,
                source=source,
                state=state,
                prior_state=self._prior(state),
                closed_reason=self._reason(state),
                score=round(points.total),
                parts=msgspec.json.encode(points.parts).decode(),
                reasons=msgspec.json.encode(reasons(profile, posting)).decode(),
                points_version=POINTS_VERSION,
                dedupe_key=f"{person}:{opening.id}",
                visible_from_at=moved + 10,
                created_at=created,
                moved_at=moved,
            )
        )

    def _place(self, openings: list[Opening]) -> Opening:
        # The next date first; among its tasks the one fewest people asked for.
        free = [one for one in openings if one.taken < one.capacity] or openings[:1]
        tasks = [one for one in free if one.shift == free[0].shift]
        opening = min(tasks, key=lambda one: self._asked.get(one.id, 0))
        self._asked[opening.id] = self._asked.get(opening.id, 0) + 1
        return opening

    def _prior(self, state: str) -> str:
        if state != "paused":
            return ""
        self._paused += 1
        return ("active", "approved", "confirmed")[self._paused % 3]

    def _reason(self, state: str) -> str:
        if state != "closed":
            return ""
        self._closed += 1
        return CLOSED_REASONS[(self._closed - 1) % len(CLOSED_REASONS)]
