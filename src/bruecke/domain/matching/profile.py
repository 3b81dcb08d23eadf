"""What matching may know of an offer and of a posting: no names, no texts."""

import msgspec

# A1, A2, B1, C1: the levels postings ask for, and all that a stored profile tells apart.
LEVEL_STEPS: tuple[int, ...] = (1, 2, 3, 5)


def level_asked(level: int) -> int:
    """The step a wish for a level (0-6) asks for: never less than was wished, C1 at most."""
    return next((step for step in LEVEL_STEPS if step >= level), LEVEL_STEPS[-1])


class OfferProfile(msgspec.Struct, frozen=True, kw_only=True):
    """One person's offer. `languages` maps tags to levels 1-6, 0 where nobody asked how well.

    None stands for "nobody asked yet"; with `languages_open` only the languages in it were told.
    `person` is an id for whoever acts on a match, no gate and no score looks at it. `barred` are
    ids of postings the person is kept from: asked for at each look, stored in no profile.
    """

    id: str
    person: str = ""
    region: str
    anything: bool
    activities: int
    skills: int
    slots: int
    radius_km: int = 0
    place: tuple[float, float] | None = None
    languages: dict[str, int] | None = None
    languages_open: bool = False
    age_band: str = ""
    confirmed_at: int = 0
    barred: frozenset[str] = frozenset()

    def level_of(self, tag: str) -> int | None:
        """The level told of a language, -1 where the person does not offer it, None if unknown."""
        if self.languages is None:
            return None
        return self.languages.get(tag, None if self.languages_open else -1)


class PostingProfile(msgspec.Struct, frozen=True, kw_only=True):
    """One posting; `activity` and `skills` are masks, `place` is latitude and longitude."""

    id: str
    region: str
    organisation: str
    activity: int
    skills: int
    slots: int
    places_left: int
    places: int
    radius_km: int = 0
    place: tuple[float, float] | None = None
    language_required: str = ""
    language_level: int = 0
    adults_only: bool = False
    remote: bool = False
    days_left: int | None = None
