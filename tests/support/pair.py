"""The four of the main journey: Amina, Olena, Leyla of Roj, Anna at the desk, and one place."""

import re

import httpx
import msgspec

from bruecke.clock import now
from bruecke.domain.contact import show_phone
from bruecke.domain.organisation import Organisation as OrganisationView
from bruecke.store import organisations
from bruecke.store.ids import new_id
from bruecke.store.tables import Match, Notification, Opening, Organisation, Person, Posting
from tests.support.web import plant_person, plant_region, sign_in, token_in

# Numbers nobody else has: they may stand in no page before both sides agreed.
AMINAS = "+491713920711"
LEYLAS = "+491713920722"


class Cast(msgspec.Struct):
    """Ids of the persons and things of one small town."""

    amina: str
    olena: str
    leyla: str
    anna: str
    organisation: str
    posting: str
    opening: str


async def plant_cast(places: int = 1) -> Cast:
    """Kassel with one verified association that looks for `places` people to cook."""
    await plant_region()
    organisation = new_id()
    await organisations.add(
        OrganisationView(id=organisation, region="kassel", name="Roj Kulturhaus", created_at=now()),
        "desk-kassel",
    )
    await Organisation.update({Organisation.verified_at: now()}, force=True)
    cast = Cast(
        amina=await plant_person("Amina"),
        olena=await plant_person("Olena"),
        leyla=await plant_person("Leyla Aydin", role="representative", organisation=organisation),
        anna=await plant_person("Anna Berger", role="coordinator"),
        organisation=organisation,
        posting=new_id(),
        opening=new_id(),
    )
    for person, phone in ((cast.amina, AMINAS), (cast.leyla, LEYLAS)):
        await Person.update({Person.phone: phone}).where(Person.id == person)
    await Posting.insert(
        Posting(
            id=cast.posting,
            region="kassel",
            desk="desk-kassel",
            organisation=organisation,
            contact=cast.leyla,
            kind="need",
            activity="cooking",
            title="Freitagsküche",
            format="recurring",
            area="Nord-Holland",
            state="open",
            created_at=now(),
            published_at=now(),
        )
    )
    await Opening.insert(Opening(id=cast.opening, posting=cast.posting, capacity=places))
    return cast


async def become(browser: httpx.AsyncClient, person: str, method: str = "joined") -> None:
    """The same browser in somebody else's hands."""
    browser.cookies.clear()
    await sign_in(browser, person, method)


async def press(
    browser: httpx.AsyncClient, page: str, target: str, *, htmx: bool = False, **fields: str
) -> httpx.Response:
    """Sends a form with the token of `page`; with the headers of htmx if asked."""
    token = token_in((await browser.get(page)).text)
    headers = {"hx-request": "true", "hx-request-type": "partial"} if htmx else {}
    return await browser.post(target, data={"csrf": token, **fields}, headers=headers)


async def say_yes(browser: httpx.AsyncClient, cast: Cast, person: str) -> str:
    """`person` says yes on the posting's page; answers the match."""
    await become(browser, person)
    page = f"/postings/{cast.posting}"
    answer = await press(browser, page, f"{page}/interest", consent="1")
    found = re.fullmatch(r"/matches/([\w-]+)", answer.headers.get("location", ""))
    assert found, (answer.status_code, answer.text[:200])
    return found[1]


async def let_time_pass(seconds: int = 60) -> None:
    """All moves happened `seconds` earlier: nobody can take them back any more."""
    await Match.raw(
        "UPDATE match SET visible_from_at = visible_from_at - {}, moved_at = moved_at - {}",
        seconds,
        seconds,
    )
    await Notification.raw(
        "UPDATE notification SET visible_from_at = visible_from_at - {}", seconds
    )


def spelled(phone: str) -> tuple[str, ...]:
    """A number as a page could show it."""
    return (phone, phone[1:], show_phone(phone), phone.replace("+49", "0"))


def shows(page: httpx.Response, phone: str) -> bool:
    """Whether a number stands anywhere in a page, in any spelling."""
    return any(one in page.text for one in spelled(phone))
