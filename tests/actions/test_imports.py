"""An import in the database: written once, updated where nobody here decided, taken back."""

import asyncio
from collections.abc import Callable
from datetime import date

import pytest

from bruecke.actions.import_undo import undo
from bruecke.actions.imports import Row, Source, preview, take
from bruecke.clock import now
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.imports import Report
from bruecke.domain.organisation import Organisation as OrganisationView
from bruecke.exchange.offers import read_row
from bruecke.store import history, imports, organisations
from bruecke.store.ids import new_id
from bruecke.store.tables import ImportBatch, Match, Opening, Organisation, Posting
from bruecke.store.transaction import transaction
from tests.support.freinet import ROW
from tests.support.web import plant_person, plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

TODAY = date(2026, 11, 22)
FILE = Source("offers.csv", "0" * 64)
FIRST = ({"id": "1"}, {"id": "2", "name": "Vorlesen"}, {"id": "3", "org": "Frauenwerkstatt Kassel"})


def rows(*changes: dict[str, str]) -> list[Row]:
    seen: dict[str, int] = {}
    return [read_row(n, {**ROW, **one}, seen) for n, one in enumerate(changes, start=1)]


async def write(*changes: dict[str, str], tick: Callable[[int], None] = lambda _: None) -> Report:
    return await take("kassel", rows(*changes), FILE, now(), TODAY, tick)


async def posting(identity: str) -> dict[str, object]:
    found = await Posting.select().where(Posting.external_key == f"freinet:{identity}").first()
    assert found, identity
    return dict(found)


async def counts() -> tuple[int, int, int, int]:
    return (
        await Posting.count(),
        await Opening.count(),
        await Organisation.count(),
        await ImportBatch.count(),
    )


async def publish(identity: str) -> str:
    found = str((await posting(identity))["id"])
    await Posting.update({Posting.state: "open", Posting.published_at: now()}).where(
        Posting.id == found
    )
    return found


async def test_a_preview_counts_everything_and_writes_nothing() -> None:
    await plant_region()
    report = await preview("kassel", rows(*FIRST, {"id": "3"}, {"id": "4", "wanted": "1000"}))
    assert [one.outcome for one in report.results] == ["new"] * 3 + ["unreadable", "new"]
    assert (report.clean, report.with_loss, report.not_taken) == (3, 1, 1)
    assert report.organisations == 2 and report.batch == ""
    assert await counts() == (0, 0, 0, 0)


async def test_what_is_taken_waits_for_the_desk_under_an_organisation_nobody_verified() -> None:
    await plant_region()
    heard: list[int] = []
    report = await write(*FIRST, {"id": "4", "contactable": "0"}, tick=heard.append)
    assert await counts() == (4, 4, 2, 1) and sum(heard) == 4
    found = await posting("1")
    assert (found["state"], found["activity"], found["region"]) == ("review", "cooking", "kassel")
    assert found["review_by"] == date(2027, 2, 22) and found["published_at"] == 0
    assert found["import_batch"] == report.batch and found["desk"] == "desk-kassel"
    assert (await posting("4"))["state"] == "draft"
    hosts = await Organisation.select().order_by(Organisation.name)
    assert [one["name"] for one in hosts] == ["Frauenwerkstatt Kassel", "Roj Kulturhaus e.V."]
    assert all(one["verified_at"] == 0 and one["kind"] == "other" for one in hosts)
    assert await history.of_thing(report.batch) == ["imported"]
    batch = await ImportBatch.select().first()
    assert batch and (batch["rows"], batch["taken"], batch["source"]) == (4, 4, "offers.csv")


async def test_children_and_homes_ask_for_adults_and_for_checks() -> None:
    await plant_region()
    await write({"id": "1", "targets": "Kinder"}, {"id": "2", "name": "Besuchsdienst"})
    child, home = await posting("1"), await posting("2")
    assert (child["with_children"], child["age_bands"]) == (True, "adult")
    assert child["checks"] == "interview certificate_seen"
    assert (home["home_visit"], home["checks"]) == (True, "interview training confidentiality")


async def test_the_same_file_again_doubles_nothing_and_writes_nothing() -> None:
    await plant_region()
    await write(*FIRST)
    before = await counts()
    report = await write(*FIRST)
    assert report.count("unchanged") == 3 and report.batch == ""
    assert await counts() == before


async def test_a_newer_file_updates_what_nobody_here_decided_on() -> None:
    await plant_region()
    first = await write(*FIRST)
    report = await write(
        {"id": "1", "name": "Backen", "wanted": "7", "edited": "1700000001"},
        {"id": "2", "name": "Vorlesen", "contactable": "0"},
        {"id": "5"},
    )
    assert [one.outcome for one in report.results] == ["updated", "updated", "new"]
    assert report.gone == ("freinet:3",) and report.batch != first.batch
    found = await posting("1")
    assert (found["title"], found["state"]) == ("Backen", "review")
    opening = await Opening.select().where(Opening.posting == found["id"]).first()
    assert opening and opening["capacity"] == 7
    assert (await posting("2"))["state"] == "draft", "whoever says no to contact is asked no more"
    assert (await counts())[:3] == (4, 4, 2)


async def test_an_older_file_writes_nothing() -> None:
    await plant_region()
    await write({"id": "1"})
    report = await write({"id": "1", "name": "Früher", "edited": "1600000000"})
    assert report.results[0].outcome == "older" and report.not_taken == 1
    assert (await posting("1"))["title"] == "Kochen am Freitag"


async def test_what_somebody_here_published_edited_or_answered_stays_as_it_is() -> None:
    await plant_region()
    await write({"id": "1"}, {"id": "2"}, {"id": "3"}, {"id": "4"})
    await publish("1")
    amina = await plant_person("Amina")
    await history.note(amina, "revised", "posting", str((await posting("2"))["id"]), now())
    third = (await posting("3"))["id"]
    opening = await Opening.select().where(Opening.posting == third).first()
    assert opening
    await Match.insert(Match(opening=opening["id"], posting=third, person=amina, dedupe_key="x"))
    await publish("4")
    report = await write(
        *({"id": number, "name": "Neu", "edited": "1800000000"} for number in "123"), {"id": "4"}
    )
    assert [one.outcome for one in report.results] == ["decided"] * 3 + ["unchanged"]
    assert (await posting("1"))["title"] == "Kochen am Freitag"
    assert report.not_taken == 3 and report.batch == ""
    said_no = await write({"id": "4", "contactable": "0"})
    assert said_no.results[0].outcome == "decided", "the desk is told that it may not be contacted"


async def test_an_organisation_that_is_here_already_is_found_by_name() -> None:
    await plant_region()
    roj = OrganisationView(id=new_id(), region="kassel", name="ROJ  Kulturhaus e.V.", created_at=1)
    await organisations.add(roj, "desk-kassel")
    await write({"id": "1"}, {"id": "2", "org": "roj kulturhaus e.v."})
    assert (await posting("1"))["organisation"] == roj.id
    assert await Organisation.count() == 1


async def test_an_organisation_renamed_here_is_still_the_same() -> None:
    await plant_region()
    await write({"id": "1"})
    await Organisation.update({Organisation.name: "Roj"}, force=True)
    await write({"id": "1"}, {"id": "2"})
    assert await Organisation.count() == 1


async def test_a_refused_organisation_gets_nothing() -> None:
    await plant_region()
    await write({"id": "1"})
    await Organisation.update({Organisation.refused_at: now()}, force=True)
    report = await write({"id": "1", "name": "Neu", "edited": "1800000000"}, {"id": "2"})
    assert [one.outcome for one in report.results] == ["refused", "refused"]
    assert await Posting.count() == 1


async def test_the_same_ids_in_another_region_are_others() -> None:
    await plant_region()
    await plant_region("witzenhausen", "Witzenhausen")
    await write({"id": "1"})
    await take("witzenhausen", rows({"id": "1"}), FILE, now(), TODAY)
    assert (await counts())[:3] == (2, 2, 2)


async def test_an_unknown_region_takes_nothing() -> None:
    with pytest.raises(DomainError):
        await preview("nowhere", rows({}))
    with pytest.raises(DomainError):
        await take("nowhere", rows({}), FILE, now(), TODAY)
    assert await counts() == (0, 0, 0, 0)


async def test_all_of_it_is_written_or_nothing() -> None:
    await plant_region()

    def fail(_: int) -> None:
        raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        await write(*FIRST, tick=fail)
    assert await counts() == (0, 0, 0, 0)


async def test_an_undo_takes_back_everything_nobody_touched() -> None:
    await plant_region()
    batch = (await write(*FIRST)).batch
    undone = await undo(batch, now())
    assert (undone.removed, undone.organisations, undone.left) == (3, 2, ())
    assert await counts() == (0, 0, 0, 1)
    assert await history.of_thing(batch) == ["imported", "import_undone"]
    with pytest.raises(DomainError):
        await undo(batch, now())
    with pytest.raises(NotThere):
        await undo("unknown", now())


async def test_an_undo_leaves_and_names_what_somebody_has_a_hand_in() -> None:
    await plant_region()
    batch = (await write(*FIRST)).batch
    await publish("1")
    await Organisation.update({Organisation.verified_at: now()}).where(
        Organisation.name == "Frauenwerkstatt Kassel"
    )
    undone = await undo(batch, now())
    assert undone.removed == 2 and undone.left == (("freinet:1", "decided"),)
    assert undone.left_organisations == ("Frauenwerkstatt Kassel", "Roj Kulturhaus e.V.")
    assert await Posting.count() == 1 and await Opening.count() == 1


async def test_an_undone_update_says_again_what_it_said_before() -> None:
    await plant_region()
    first = (await write({"id": "1"}, {"id": "2"})).batch
    before = await posting("1")
    second = (
        await write(
            {"id": "1", "name": "Backen", "wanted": "9", "edited": "1800000000"}, {"id": "2"}
        )
    ).batch
    early = await preview("kassel", rows({"id": "1"}))
    assert early.results[0].outcome == "older"
    undone = await undo(second, now())
    assert (undone.restored, undone.removed) == (1, 0)
    assert await posting("1") == before
    opening = await Opening.select().where(Opening.posting == before["id"]).first()
    assert opening and opening["capacity"] == 2
    assert (await undo(first, now())).removed == 2


async def test_an_undo_leaves_what_a_later_import_wrote() -> None:
    await plant_region()
    first = (await write({"id": "1"}, {"id": "2"})).batch
    await write({"id": "1", "name": "Backen", "edited": "1800000000"}, {"id": "2"})
    undone = await undo(first, now())
    assert undone.left == (("freinet:1", "later"),) and undone.removed == 1
    assert (await posting("1"))["title"] == "Backen"


async def desk_publishes(identity: str, began: asyncio.Event) -> None:
    """The desk makes one public and needs a moment to be done."""
    async with transaction():
        await publish(identity)
        began.set()
        await asyncio.sleep(0.2)


async def test_a_newer_file_leaves_what_the_desk_publishes_in_the_same_moment() -> None:
    await plant_region()
    await write({"id": "1"}, {"id": "2"})
    began = asyncio.Event()

    async def newer() -> Report:
        await began.wait()
        return await write(*({"id": one, "name": "Neu", "edited": "1800000000"} for one in "12"))

    report, _ = await asyncio.gather(newer(), desk_publishes("1", began))
    assert [one.outcome for one in report.results] == ["decided", "updated"]
    found = await posting("1")
    assert (found["title"], found["state"]) == ("Kochen am Freitag", "open")


async def test_a_newer_file_leaves_what_the_desk_says_of_a_task_in_the_same_moment() -> None:
    await plant_region()
    await write({"id": "1"})
    began, anna, made = asyncio.Event(), await plant_person("Anna Berger"), await posting("1")

    async def desk_chooses() -> None:
        async with transaction():
            await Posting.update({Posting.activity: "sport"}).where(Posting.id == made["id"])
            began.set()
            await asyncio.sleep(0.2)
            await history.note(anna, "revised", "posting", str(made["id"]), now())

    async def newer() -> Report:
        await began.wait()
        return await write({"id": "1", "name": "Neu", "edited": "1800000000"})

    report, _ = await asyncio.gather(newer(), desk_chooses())
    assert [one.outcome for one in report.results] == ["decided"]
    assert (await posting("1"))["activity"] == "sport"


async def test_an_undo_leaves_what_the_desk_publishes_in_the_same_moment() -> None:
    await plant_region()
    batch = (await write({"id": "1"}, {"id": "2"})).batch
    began = asyncio.Event()

    async def taken_back() -> tuple[int, tuple[tuple[str, str], ...]]:
        await began.wait()
        undone = await undo(batch, now())
        return undone.removed, undone.left

    said, _ = await asyncio.gather(taken_back(), desk_publishes("1", began))
    assert said == (1, (("freinet:1", "decided"),))
    assert (await posting("1"))["state"] == "open"


async def test_nothing_that_is_public_is_written_or_removed_by_an_import() -> None:
    await plant_region()
    await write({"id": "1"}, {"id": "2"})
    public, waiting = await publish("1"), str((await posting("2"))["id"])
    assert not await imports.write(public, {"title": "Neu"}, 9)
    assert await imports.remove_postings([public, waiting]) == {waiting}
    assert (await posting("1"))["title"] == "Kochen am Freitag"
    assert [one["capacity"] for one in await Opening.select()] == [2]
