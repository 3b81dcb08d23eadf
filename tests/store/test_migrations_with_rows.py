"""Each real migration runs over rows that were there before it."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from piccolo.table import Table

from bruecke.actions.matches.suggesting import work
from bruecke.actions.profiles import repair
from bruecke.store import deliveries
from bruecke.store.engine import Database
from bruecke.store.migrations import all_managers, migrate
from bruecke.store.piccolo_app import APP_CONFIG
from bruecke.store.tables import (
    Block,
    Check,
    Delivery,
    Login,
    Match,
    MatchProfile,
    Notification,
    Offer,
    Opening,
    Organisation,
    Person,
    Posting,
    Region,
    Subscription,
)
from tests.support.profiles import wrong_profiles

NOW = 1_790_000_000

pytestmark = pytest.mark.anyio


async def plant(table: type[Table], **fields: object) -> None:
    """A row as an older schema held it: nothing of the columns that came later."""
    names = ", ".join(f'"{name}"' for name in fields)
    places = ", ".join(["{}"] * len(fields))
    await table.raw(
        f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES ({places})', *fields.values()
    )


async def migrate_before(
    number: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """Runs what came before the migration `number`; answers those still to run."""
    names = [manager.migration_id for manager in await all_managers()]
    first = next(place for place, name in enumerate(names) if name[11:13] == number)
    folder = tmp_path_factory.mktemp("before")
    for name in names[:first]:
        shutil.copy(Path(APP_CONFIG.migrations_folder_path) / f"{name}.py", folder)
    with monkeypatch.context() as earlier:
        earlier.setattr(APP_CONFIG, "migrations_folder_path", folder)
        assert await migrate() == names[:first]
    return names[first:]


async def test_an_offer_stays_and_from_then_on_goes_with_its_person(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("02", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    await plant(Person, id="amina", region="kassel", name="Amina")
    await plant(Offer, id="hers", region="kassel", person="amina", slots=5)
    await plant(Offer, id="nobodys", region="kassel", slots=3)

    assert await migrate() == names
    assert await Offer.select(Offer.id, Offer.slots).order_by(Offer.id) == [
        {"id": "hers", "slots": 5},
        {"id": "nobodys", "slots": 3},
    ]

    await Person.delete().where(Person.id == "amina")
    assert [row["id"] for row in await Offer.select(Offer.id)] == ["nobodys"]


async def test_checks_come_to_people_who_were_there_and_go_with_them(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("04", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    for name in ("amina", "olena", "anna"):
        await plant(Person, id=name, region="kassel", name=name)
    assert await migrate() == names
    assert await Person.count() == 3
    seen = {"kind": "interview", "seen_on": date(2026, 11, 22), "seen_by": "anna"}
    await Check.insert(Check(id="hers", person="amina", **seen))
    await Check.insert(Check(id="other", person="olena", **seen))

    await Person.delete().where(Person.id.is_in(["amina", "anna"]))
    assert await Check.select(Check.id, Check.seen_by) == [{"id": "other", "seen_by": None}]


async def test_people_who_were_there_get_quiet_nights_and_what_was_queued_still_leaves(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("03", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    await plant(Person, id="amina", region="kassel", name="Amina")
    await plant(Delivery, id="waits", person="amina", channel="mail", state="waiting")
    assert await migrate() == names
    hers = await Person.select(Person.quiet_from, Person.quiet_until, Person.ask_again_at)
    assert hers == [{"quiet_from": 21 * 60, "quiet_until": 8 * 60, "ask_again_at": 0}]
    assert [row.id for row in await deliveries.claim(5, 60, 1)] == ["waits"]


async def test_offers_and_postings_in_place_get_their_profiles_from_the_worker(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("05", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    await plant(Person, id="amina", region="kassel", name="Amina", age_band="adult")
    hers = {"kind": "time", "anything": True, "slots": 5, "state": "active"}
    await plant(Offer, id="hers", region="kassel", person="amina", **hers)
    await plant(Organisation, id="roj", region="kassel", name="Roj", verified_at=1)
    lunch = {"kind": "need", "activity": "cooking", "state": "open"}
    await plant(Posting, id="lunch", region="kassel", organisation="roj", **lunch)
    await plant(Opening, id="two", posting="lunch", capacity=2)

    assert await migrate() == names
    assert await MatchProfile.count() == 0
    await repair(NOW)
    kinds = await MatchProfile.select(MatchProfile.id, MatchProfile.kind).order_by(MatchProfile.id)
    assert kinds == [{"id": "hers", "kind": "offer"}, {"id": "lunch", "kind": "posting"}]
    assert await wrong_profiles(NOW) == []
    await work(NOW)
    found = await Match.select(Match.person, Match.posting, Match.state)
    assert found == [{"person": "amina", "posting": "lunch", "state": "suggested"}]


async def test_what_was_written_here_is_of_no_import_and_a_file_names_a_task_once(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("06", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    for name in ("frauen", "roj"):
        await plant(Organisation, id=name, region="kassel", name=name)
        await plant(Posting, id=name, region="kassel", organisation=name)
    assert await migrate() == names
    for table in (Organisation, Posting):
        found = await table.select(table.external_key, table.import_batch).order_by(table.id)
        assert found == [{"external_key": "", "import_batch": None}] * 2
    assert not await Posting.exists().where(Posting.activity_unsure.eq(True))

    named = {"region": "kassel", "organisation": "roj", "external_key": "freinet:1"}
    await Posting.insert(Posting(**named))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await Posting.insert(Posting(**named))


async def test_what_was_stored_as_filled_is_open_and_nothing_was_sent_back(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("09", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    await plant(Organisation, id="roj", region="kassel", name="Roj Kulturhaus e.V.")
    for state in ("filled", "paused", "draft"):
        await plant(Posting, id=state, region="kassel", organisation="roj", state=state)
    assert await migrate() == names
    assert await Posting.select(Posting.id, Posting.state, Posting.sent_back).order_by(
        Posting.id
    ) == [
        {"id": "draft", "state": "draft", "sent_back": ""},
        {"id": "filled", "state": "open", "sent_back": ""},
        {"id": "paused", "state": "paused", "sent_back": ""},
    ]


async def test_regions_and_tasks_that_were_there_pass_nothing_by_themselves(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("07", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    await plant(Organisation, id="roj", region="kassel", name="Roj Kulturhaus e.V.")
    await plant(Posting, id="lunch", region="kassel", organisation="roj", state="open")
    await plant(Opening, id="place", posting="lunch", capacity=2, taken=1)
    await plant(Match, id="hers", opening="place", posting="lunch", state="confirmed")
    assert await migrate() == names
    assert await Region.select(Region.id, Region.passes_by_itself) == [
        {"id": "kassel", "passes_by_itself": False}
    ]
    assert await Posting.select(Posting.id, Posting.advance_consent) == [
        {"id": "lunch", "advance_consent": False}
    ]
    assert await Match.select(Match.id, Match.state, Match.by_policy) == [
        {"id": "hers", "state": "confirmed", "by_policy": ""}
    ]


async def test_devices_that_were_told_are_told_on_and_their_refusals_stay_counted(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("10", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    await plant(Person, id="amina", region="kassel", name="Amina")
    await plant(Login, id="hers", person="amina", expires_at=NOW)
    said = {"person": "amina", "login": "hers", "endpoint_hash": "x", "failures": 2}
    await plant(Subscription, id="phone", **said)
    await plant(Delivery, id="waits", person="amina", subscription="phone", state="waiting")
    assert await migrate() == names
    (phone,) = await Subscription.select(Subscription.failures, Subscription.refused_at)
    assert phone == {"failures": 2, "refused_at": 0}
    assert [row.subscription for row in await deliveries.claim(5, 60, 1)] == ["phone"]


async def test_what_was_said_before_is_covered_by_nothing(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("11", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    await plant(Person, id="amina", region="kassel", name="Amina")
    await plant(Notification, id="said", person="amina", kind="approved", visible_from_at=1)
    assert await migrate() == names
    assert await Notification.select(Notification.covered_at) == [{"covered_at": 0}]


async def test_matches_that_were_there_come_alone_and_may_be_called(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("08", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    for name in ("amina", "leyla"):
        await plant(Person, id=name, region="kassel", name=name)
    await plant(Organisation, id="roj", region="kassel", name="Roj Kulturhaus e.V.")
    await plant(Posting, id="lunch", region="kassel", organisation="roj")
    await plant(Opening, id="place", posting="lunch", capacity=1)
    await plant(
        Match, id="hers", opening="place", posting="lunch", person="amina", state="approved",
        dedupe_key="amina:place",
    )  # fmt: skip
    assert await migrate() == names
    assert await Match.select(Match.state, Match.calls, Match.party_size) == [
        {"state": "approved", "calls": "", "party_size": 1}
    ]

    await Block.insert(
        Block(id="one", person="amina", organisation="roj", maker="leyla"),
        Block(id="two", person="leyla", other="amina", maker="leyla"),
        Block(id="three", person="leyla", organisation="roj"),
    )
    await Person.delete().where(Person.id == "amina")
    assert await Block.select(Block.id) == [{"id": "three"}]


async def test_tasks_with_children_or_in_homes_ask_for_their_checks_from_then_on(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = await migrate_before("12", monkeypatch, tmp_path_factory)
    await plant(Region, id="kassel", name="Kassel")
    await plant(Organisation, id="roj", region="kassel", name="Roj Kulturhaus e.V.")
    tasks = {
        "both": (True, True, ""),
        "children": (False, True, "food_instruction"),
        "home": (True, False, "interview confidentiality"),
        "neither": (False, False, "interview"),
        "whole": (False, True, "interview certificate_seen"),
    }
    for name, (home, children, checks) in tasks.items():
        said = {"home_visit": home, "with_children": children, "checks": checks, "state": "open"}
        await plant(Posting, id=name, region="kassel", organisation="roj", **said)
    assert await migrate() == names
    found = await Posting.select(Posting.id, Posting.checks).order_by(Posting.id)
    assert {row["id"]: row["checks"] for row in found} == {
        "both": "interview training confidentiality certificate_seen",
        "children": "food_instruction interview certificate_seen",
        "home": "interview confidentiality training",
        "neither": "interview",
        "whole": "interview certificate_seen",
    }
