"""A link in a message answers that message's suggestions: no login needed, nothing else opened."""

from datetime import date

import msgspec

from bruecke.actions import matches
from bruecke.actions.matches import Yes
from bruecke.domain.access import Actor, Scope
from bruecke.domain.errors import MatchMoved, NotThere
from bruecke.domain.posting import Posting
from bruecke.domain.views.matches import ForVolunteer
from bruecke.keys import keyed_hash
from bruecke.store import answer_links, notifications, people
from bruecke.store.matches import some_of_volunteer


class Opened(msgspec.Struct, frozen=True):
    """Who may answer with a link, and what: `actor` has no seat and no login."""

    actor: Actor
    matches: list[ForVolunteer]

    def about(self, match: str) -> ForVolunteer:
        """One of the link's matches; raises NotThere for any other."""
        found = next((one for one in self.matches if one.id == match), None)
        if found is None:
            raise NotThere
        return found

    def asked(self, match: str) -> ForVolunteer:
        """One that still waits for an answer to its suggestion.

        Raises MatchMoved for one that went on: a place offered later is not what the link is for;
        NotThere where the task takes nobody at the moment.
        """
        found = self.about(match)
        if found.state != "suggested":
            raise MatchMoved(found.state)
        if found.posting.state != "open":
            raise NotThere
        return found


async def open_link(secret: str, now: int) -> Opened:
    """What a link may answer; raises NotThere for an unknown and an ended one alike."""
    found = await answer_links.find(keyed_hash("answer", secret), now)
    person = await people.me(Scope(person=found[0])) if found else None
    if found is None or person is None:
        raise NotThere
    actor = Actor(person.id, person.name, person.region, person.reading_language, "link", "")
    scope = Scope(person.region, person.id)
    lines = await notifications.of_message(found[1])
    return Opened(actor, await some_of_volunteer(scope, [line.match for line in lines], now))


async def asked(secret: str, match: str, now: int) -> tuple[Posting, tuple[str, ...]]:
    """A suggestion's task and what has to be asked beside a yes; raises NotThere, MatchMoved."""
    opened = await open_link(secret, now)
    posting = opened.asked(match).posting
    return posting, await matches.missing_at_yes(opened.actor, posting, now)


async def say_yes(secret: str, match: str, answers: Yes, now: int, today: date) -> str:
    """A yes through a link; raises NotThere and whatever a yes of somebody signed in raises."""
    opened = await open_link(secret, now)
    about = opened.asked(match)
    return await matches.say_yes(opened.actor, about.posting.id, about.opening, answers, now, today)


async def say_no(secret: str, match: str, now: int, today: date) -> str:
    """A no through a link; raises NotThere, MatchMoved."""
    opened = await open_link(secret, now)
    return await matches.say_no(opened.actor, opened.asked(match).posting.id, now, today)


async def undo(secret: str, match: str, now: int) -> str:
    """Takes an answer back while nobody has seen it; raises NotThere, MatchMoved."""
    opened = await open_link(secret, now)
    return await matches.undo(opened.actor, opened.about(match).id, now)
