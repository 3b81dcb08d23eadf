"""What matching may know of an offer and of a posting: no names, no texts."""

import msgspec


class OfferProfile(msgspec.Struct, frozen=True, kw_only=True):
    """One person's offer. `languages` maps tags to levels 1-6; None where nobody asked yet."""

    id: str
    region: str
    anything: bool
    activities: int
    skills: int
    slots: int
    radius_km: int = 0
    place: tuple[float, float] | None = None
    languages: dict[str, int] | None = None
    age_band: str = ""
    confirmed_at: int = 0


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
