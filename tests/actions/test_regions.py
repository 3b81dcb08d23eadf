"""A region opens: from an empty database to a poster people can scan."""

import pytest

from bruecke.actions.regions import NewRegion, add_region, set_policy
from bruecke.domain.errors import DomainError, NotThere
from bruecke.store import history, regions
from tests.support.web import running_app

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

KASSEL = {
    "slug": "kassel",
    "name": "Kassel",
    "postcode": "34117",
    "desk": "Servicestelle Mitmachen Kassel",
    "phone": "0171 3920012",
    "hours": "Mo–Do 10–16 Uhr",
}


async def test_people_can_join_in_a_new_region_at_once() -> None:
    await add_region(NewRegion(**KASSEL))
    async with running_app() as browser:
        page = await browser.get("/r/kassel")
    assert page.status_code == 200
    assert "tel:+491713920012" in page.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("slug", "Kassel Mitte"), ("slug", "k"), ("postcode", "3411"), ("phone", "12"),
     ("phone", "a@example.org"), ("email", "nobody")],
)  # fmt: skip
async def test_what_cannot_be_used_adds_nothing(field: str, value: str) -> None:
    with pytest.raises(DomainError) as said:
        await add_region(NewRegion(**{**KASSEL, field: value}))
    assert said.value.field == field
    assert await regions.with_desks() == []


async def test_a_slug_is_given_once() -> None:
    await add_region(NewRegion(**KASSEL))
    with pytest.raises(DomainError):
        await add_region(NewRegion(**KASSEL))


async def test_an_operator_switches_the_policy_and_the_history_knows() -> None:
    await add_region(NewRegion(**KASSEL))

    async def is_on() -> bool:
        found = await regions.get("kassel")
        return found is not None and found.passes_by_itself

    assert not await is_on()
    for word, expected in (("yes", True), ("no", False)):
        await set_policy("kassel", word == "yes", 1_790_000_000)
        assert await is_on() is expected
    assert await history.of_thing("kassel") == ["policy_on", "policy_off"]
    with pytest.raises(NotThere):
        await set_policy("dortmund", True, 1_790_000_000)
