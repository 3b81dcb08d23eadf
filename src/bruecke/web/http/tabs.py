"""The four tabs at the foot of a signed-in page: the role follows from the path."""

import msgspec

from bruecke.domain.access import Actor


class Tab(msgspec.Struct, frozen=True):
    """One tab: a word, an icon, whether you are here, and on one of them how much waits."""

    href: str
    icon: str
    key: str
    current: bool
    count: int | None = None


def tabs_for(actor: Actor, path: str) -> list[Tab]:
    """Tabs of the role whose pages `path` belongs to; the profile keeps the strongest role's."""
    own_profile = path.startswith(("/me", "/notifications"))
    if actor.desk_regions and (path.startswith("/desk") or own_profile):
        here = actor.desk_regions[0]
        return _tabs(path, _DESK, "/desk/queue", _waiting(actor, "coordinator", region=here))
    for organisation in actor.organisations:
        own_posting = path.startswith("/postings/") and path.endswith("/edit")
        if path.startswith(f"/organisations/{organisation}") or own_profile or own_posting:
            waiting = _waiting(actor, "representative", organisation=organisation)
            people = f"/organisations/{organisation}/people"
            return _tabs(path, _organisation(organisation), people, waiting)
    return _tabs(path, _VOLUNTEER, "/matches", actor.offered)


def _waiting(actor: Actor, role: str, organisation: str = "", region: str = "") -> int:
    """The decisions that wait for one of the reader's seats."""
    seats = (one for one in actor.seats if one.role == role)
    return sum(s.waiting for s in seats if (s.organisation, s.region) == (organisation, region))


_VOLUNTEER = [
    ("/home", "house", "tabs.home"),
    ("/postings", "search", "tabs.search"),
    ("/matches", "heart-handshake", "tabs.mine"),
    ("/me", "circle-user", "tabs.me"),
]
_DESK = [
    ("/desk/queue", "inbox", "tabs.open"),
    ("/desk/people", "users", "tabs.people"),
    ("/desk/organisations", "building-2", "tabs.organisations"),
    ("/me", "circle-user", "tabs.me"),
]


def _organisation(id_: str) -> list[tuple[str, str, str]]:
    return [
        (f"/organisations/{id_}/today", "sun", "tabs.today"),
        (f"/organisations/{id_}/people", "users", "tabs.people"),
        (f"/organisations/{id_}", "building-2", "tabs.organisation"),
        ("/me", "circle-user", "tabs.me"),
    ]


def _tabs(path: str, shown: list[tuple[str, str, str]], counted: str, waiting: int) -> list[Tab]:
    """`waiting` stands beside the tab `counted`, where it is found."""
    here = max((href for href, _, _ in shown if _leads_to(href, path)), key=len, default="")
    return [
        Tab(href, icon, key, href == here, waiting if href == counted else None)
        for href, icon, key in shown
    ]


def _leads_to(href: str, path: str) -> bool:
    """A pair stands in the queue it came from, a posting in the list it was found in."""
    if path.startswith("/desk/matches/"):
        return href == "/desk/queue"
    return path == href or (path.startswith(f"{href}/") and href not in ("/me", "/desk"))
