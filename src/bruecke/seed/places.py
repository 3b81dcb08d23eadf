"""Where the demo plays: three states, four cities, their districts and the service points."""

from typing import NamedTuple

from bruecke.reference.postcodes import locate
from bruecke.store.tables import Desk, Region


class City(NamedTuple):
    """A city people can join in; `districts` maps a name to its postcode."""

    slug: str
    name: str
    state: str
    postcode: str
    volunteers: int
    districts: dict[str, str]
    street: str


STATES: dict[str, tuple[str, str]] = {
    "hessen": ("Hessen", "34117"),
    "nrw": ("Nordrhein-Westfalen", "40213"),
    "baden-wuerttemberg": ("Baden-Württemberg", "70173"),
}

CITIES: tuple[City, ...] = (
    City(
        "kassel", "Kassel", "hessen", "34117", 60,
        {"Mitte": "34117", "Nord-Holland": "34127", "Bettenhausen": "34123",
         "Wehlheiden": "34121", "Rothenditmold": "34127"},
        "Musterstraße 1, 34117 Kassel",
    ),
    City(
        "dortmund", "Dortmund", "nrw", "44137", 60,
        {"Mitte": "44137", "Nordstadt": "44145", "Hörde": "44263", "Hombruch": "44225",
         "Eving": "44339"},
        "Musterstraße 2, 44137 Dortmund",
    ),
    City(
        "muenster", "Münster", "nrw", "48143", 45,
        {"Mitte": "48143", "Coerde": "48157", "Hiltrup": "48165", "Kinderhaus": "48159"},
        "Musterstraße 3, 48143 Münster",
    ),
    City(
        "stuttgart", "Stuttgart", "baden-wuerttemberg", "70173", 35,
        {"Mitte": "70173", "Bad Cannstatt": "70372", "Feuerbach": "70469", "Vaihingen": "70563",
         "Süd": "70180"},
        "Musterstraße 4, 70173 Stuttgart",
    ),
)  # fmt: skip

CITIES_BY_SLUG: dict[str, City] = {city.slug: city for city in CITIES}

_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "-"})


def phone(number: int) -> str:
    """A number of 0171 39200 00-99, which the regulator keeps for films and examples."""
    return f"+4917139200{number % 100:02}"


def desk_id(city: str) -> str:
    """The readable id of a city's service point."""
    return f"demo-desk-{city}"


def district_slug(city: str, district: str) -> str:
    """The slug of a district: "kassel-nord-holland"."""
    return f"{city}-{district.lower().translate(_PLAIN)}"


def regions() -> list[Region]:
    """All regions, each after its parent."""
    found = [_region(slug, name, "state", None, code) for slug, (name, code) in STATES.items()]
    for city in CITIES:
        found.append(_region(city.slug, city.name, "city", city.state, city.postcode))
        found += [
            _region(district_slug(city.slug, name), name, "district", city.slug, code)
            for name, code in city.districts.items()
        ]
    return found


def desks() -> list[Desk]:
    """One service point for each city."""
    return [
        Desk(
            id=desk_id(city.slug),
            region=city.slug,
            name=f"Servicestelle Mitmachen {city.name}",
            controller=f"Servicestelle Mitmachen {city.name}, {city.street}",
            phone=phone(number),
            email=f"servicestelle.{city.slug}@example.org",
            hours="Montag bis Donnerstag 9–12 und 14–17 Uhr, Freitag 9–12 Uhr",
        )
        for number, city in enumerate(CITIES)
    ]


def _region(slug: str, name: str, kind: str, parent: str | None, postcode: str) -> Region:
    place = locate(postcode)
    return Region(
        id=slug,
        parent=parent,
        kind=kind,
        name=name,
        postcode=postcode,
        lat=place.lat if place else 0.0,
        lon=place.lon if place else 0.0,
    )
