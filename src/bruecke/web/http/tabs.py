"""The four tabs at the foot of a signed-in page: the role follows from the path."""

import msgspec

from bruecke.domain.access import Actor


class Tab(msgspec.Struct, frozen=True):
    """One tab: a word, an icon, whether you are here."""

    href: str
    icon: str
    key: str
    current: bool
    count: int = 0


def tabs_for(actor: Actor, path: str) -> list[Tab]:
    """Tabs of the role whose pages `path` belongs to; a person with several roles can switch."""
    if path.startswith("/desk") and actor.desk_regions:
        return _tabs(path, _DESK)
    own = next((o for o in actor.organisations if path.startswith(f"/organisations/{o}")), "")
    if own:
        return _tabs(path, _organisation(own))
    if not actor.has_desk_role and actor.organisations and path in ("/me", "/home"):
        return _tabs(path, _organisation(actor.organisations[0]))
    return _tabs(path, _VOLUNTEER)


_VOLUNTEER = [
    ("/home", "house", "tabs.home"),
    ("/postings", "search", "tabs.search"),
    ("/organisations", "building-2", "tabs.organisations"),
    ("/me", "circle-user", "tabs.me"),
]
_DESK = [
    ("/desk", "inbox", "tabs.desk"),
    ("/desk/people", "users", "tabs.people"),
    ("/desk/organisations", "building-2", "tabs.organisations"),
    ("/me", "circle-user", "tabs.me"),
]


def _organisation(id_: str) -> list[tuple[str, str, str]]:
    return [
        (f"/organisations/{id_}/today", "sun", "tabs.today"),
        (f"/organisations/{id_}/team", "users", "tabs.team"),
        (f"/organisations/{id_}", "building-2", "tabs.organisation"),
        ("/me", "circle-user", "tabs.me"),
    ]


def _tabs(path: str, shown: list[tuple[str, str, str]]) -> list[Tab]:
    return [Tab(href, icon, key, href == path) for href, icon, key in shown]
