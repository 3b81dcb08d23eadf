"""The named people and the twelve organisations of the demo; all of them are invented."""

from typing import NamedTuple

from bruecke.domain import slots

# Role of the one-tap demo sign-in → person.
DEMO_ROLES: dict[str, str] = {
    "volunteer": "demo-amina",
    "representative": "demo-leyla",
    "coordinator": "demo-anna",
    "admin": "demo-admin",
}


class Association(NamedTuple):
    """One organisation: its city, its district, the languages spoken there ("tr ku")."""

    id: str
    name: str
    stage: str
    city: str
    district: str
    languages: str
    purpose: str
    verified: bool = True


class Member(NamedTuple):
    """Somebody with a seat, at an organisation or a desk; `role` as in Membership."""

    id: str
    name: str
    city: str
    role: str
    organisation: str = ""
    reading_language: str = "de"


class Volunteer(NamedTuple):
    """A volunteer of the cast, with everything the join questions ask."""

    id: str
    name: str
    city: str
    postcode: str
    reading_language: str
    languages: dict[str, int]
    activities: tuple[str, ...]
    slots: int


ASSOCIATIONS: tuple[Association, ...] = (
    Association(
        "demo-sofra", "Sofra Nachbarschaft e.V.", "registered", "stuttgart", "Bad Cannstatt",
        "tr ku de", "Wir kochen für die Nachbarschaft. Jede Woche essen alle an einem Tisch.",
    ),
    Association(
        "demo-cinar", "Çınar Besuchskreis", "initiative", "stuttgart", "Feuerbach",
        "tr de", "Wir besuchen ältere Menschen und sprechen Türkisch mit ihnen.",
    ),
    Association(
        "demo-zaitouna", "Zaitouna Frauen- und Bildungsverein e.V.", "registered", "dortmund",
        "Nordstadt", "ar fr de", "Frauen lernen zusammen. Wir üben Deutsch und helfen bei Fragen.",
    ),
    Association(
        "demo-soniachnyk", "Soniachnyk Dortmund e.V.", "registered", "dortmund", "Hörde",
        "uk ru de", "Kinder und Familien pflegen hier die ukrainische Sprache und Musik.",
    ),
    Association(
        "demo-roj", "Roj Kulturhaus e.V.", "registered", "kassel", "Nord-Holland",
        "ku ckb ar de", "Ein Haus für Lernen, Musik und Feste. Alle sind willkommen.",
    ),
    Association(
        "demo-jugend", "Jugend bewegt Kassel e.V.", "registered", "kassel", "Bettenhausen",
        "de en ar tr", "Kinder und Jugendliche treiben zusammen Sport, ohne Vorkenntnisse.",
    ),
    Association(
        "demo-mandela", "Mandela Forum Kassel", "founding", "kassel", "Mitte",
        "en fr ti so", "Wir gründen einen Dachverband für afrikanische Gruppen in Kassel.", False,
    ),
    Association(
        "demo-cem", "Cem-Gemeinschaft Sozialdienst", "registered", "muenster", "Coerde",
        "tr de", "Wir helfen Familien im Stadtteil. Der Dienst ist offen für alle.",
    ),
    Association(
        "demo-moschee", "Moschee-Nachbarschaft Sozialwerk e.V.", "registered", "muenster",
        "Hiltrup", "ar tr bs sq de",
        "Wir helfen in der Nachbarschaft. Der Dienst ist offen für alle.",
    ),
    Association(
        "demo-podul", "Podul Dortmund", "initiative", "dortmund", "Nordstadt",
        "ro bg rom", "Wir helfen Familien aus Rumänien und Bulgarien beim Ankommen.", False,
    ),
    Association(
        "demo-elternnetz", "Elternnetz Polyglott e.V.", "registered", "muenster", "Mitte",
        "pl ru fa de", "Eltern helfen Eltern: Schule, Sprache und Freizeit der Kinder.",
    ),
    Association(
        "demo-mezzo", "Mezzo Netzwerk Unternehmerinnen e.V.", "registered", "stuttgart", "Mitte",
        "de en it tr", "Frauen mit eigener Firma teilen hier ihre Erfahrung.",
    ),
)  # fmt: skip

MEMBERS: tuple[Member, ...] = (
    Member("demo-anna", "Anna Berger", "kassel", "coordinator"),
    Member("demo-kerstin", "Kerstin Vogt", "dortmund", "coordinator"),
    Member("demo-mehmet", "Mehmet Tanrıöver", "muenster", "coordinator"),
    Member("demo-silke", "Silke Haug", "stuttgart", "coordinator"),
    Member("demo-admin", "Jonas Feldmann", "kassel", "admin"),
    Member("demo-leyla", "Leyla Aydın", "kassel", "representative", "demo-roj"),
    Member("demo-azad", "Azad Barzan", "kassel", "representative", "demo-roj"),
    Member("demo-emre", "Emre Toprak", "stuttgart", "representative", "demo-sofra"),
    Member("demo-hatice", "Hatice Çelebi", "stuttgart", "representative", "demo-cinar"),
    Member("demo-samira", "Samira Benali", "dortmund", "representative", "demo-zaitouna", "ar"),
    Member("demo-larysa", "Larysa Marchuk", "dortmund", "representative", "demo-soniachnyk"),
    Member("demo-tobias", "Tobias Kern", "kassel", "representative", "demo-jugend"),
    Member("demo-thandiwe", "Thandiwe Okoro", "kassel", "representative", "demo-mandela", "en"),
    Member("demo-deniz", "Deniz Yurt", "muenster", "representative", "demo-cem"),
    Member("demo-lejla", "Lejla Hadžić", "muenster", "representative", "demo-moschee"),
    Member("demo-ioana", "Ioana Petrescu", "dortmund", "representative", "demo-podul", "en"),
    Member("demo-agnieszka", "Agnieszka Lis", "muenster", "representative", "demo-elternnetz"),
    Member("demo-chiara", "Chiara Fontana", "stuttgart", "representative", "demo-mezzo"),
)

VOLUNTEERS: tuple[Volunteer, ...] = (
    Volunteer(
        "demo-amina", "Amina Haddad", "kassel", "34127", "ar", {"ar": 6, "de": 3},
        ("cooking", "learning"), slots.CHIPS["evenings"] | slots.CHIPS["weekend"],
    ),
    Volunteer(
        "demo-olena", "Olena Kovalchuk", "kassel", "34117", "en", {"uk": 6, "ru": 5, "de": 4},
        ("reading", "german"), slots.CHIPS["daytime"],
    ),
    Volunteer(
        "demo-samuel", "Samuel Tesfay", "kassel", "34121", "en", {"ti": 6, "en": 5, "de": 3},
        ("sport", "festivals", "driving"), slots.CHIPS["weekend"],
    ),
)  # fmt: skip


def contact_of(organisation: str) -> str:
    """The person who answers for an organisation."""
    return next(member.id for member in MEMBERS if member.organisation == organisation)


def coordinator_of(city: str) -> str:
    """The person at the desk of a city."""
    return next(one.id for one in MEMBERS if (one.city, one.role) == (city, "coordinator"))


def association(organisation: str) -> Association:
    """The organisation of this id; StopIteration for an unknown one."""
    return next(one for one in ASSOCIATIONS if one.id == organisation)
