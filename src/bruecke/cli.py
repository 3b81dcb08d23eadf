"""The `bruecke` command: what an operator does."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Coroutine
from typing import Any

from bruecke.settings import SettingsError, settings
from bruecke.vapid import FILE, make_key, vapid


def main(arguments: list[str] | None = None) -> None:
    """Runs one command; a setting that cannot be used is said in one line."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    chosen = _parser().parse_args(arguments)
    try:
        settings()
        chosen.do(chosen)
    except SettingsError as problem:
        sys.exit(str(problem))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bruecke", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="migrate, then serve with the worker inside")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8000)
    run.set_defaults(do=_run)
    commands.add_parser("worker", help="deliver what waits, without serving").set_defaults(
        do=_worker
    )
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(do=_migrate)
    commands.add_parser("keys", help="make the key for push, once").set_defaults(do=_keys)
    commands.add_parser("demo", help="a fresh demo database, clearly marked").set_defaults(do=_demo)
    admin = commands.add_parser("admin", help="invite an administrator or a coordinator")
    admin.add_argument("do_what", choices=["add"])
    admin.add_argument("email")
    admin.add_argument("--region", default="", help="coordinator of this region, else admin")
    admin.set_defaults(do=_admin)
    _add_region_commands(commands.add_parser("region", help="add a region, or set its policy"))
    taking = commands.add_parser("import", help="take in an export of FREINET-online (CSV)")
    what = taking.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", help="the export; shown only, unless --write is given")
    what.add_argument("--undo", metavar="BATCH", help="take an import back")
    taking.add_argument(
        "--region", default="", help="where its tasks belong; the only one if there is one"
    )
    taking.add_argument("--write", action="store_true", help="really write it")
    taking.set_defaults(do=_import)
    return parser


def _add_region_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    policy = commands.add_parser("set", help="whether simple cases pass without the desk")
    policy.add_argument("slug")
    policy.add_argument("--passes-by-itself", required=True, choices=["yes", "no"])
    policy.set_defaults(do=_region_policy)
    region = commands.add_parser("add", help="add a region and its service point")
    region.add_argument("slug", help="readable id for addresses, like kassel")
    region.add_argument("name")
    region.add_argument("postcode", help="one in its middle")
    region.add_argument("--desk", required=True, help="name of the service point")
    region.add_argument("--phone", required=True)
    region.add_argument("--hours", required=True, help='in words, like "Mo-Do 10-16 Uhr"')
    region.add_argument("--email", default="")
    region.add_argument(
        "--controller", default="", help="who answers for the data, for the imprint"
    )
    region.set_defaults(do=_region)


def _out(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _with_database(work: Coroutine[Any, Any, None]) -> None:
    from bruecke.store.engine import current_engine

    async def inside() -> None:
        engine = current_engine()
        await engine.start_connection_pool()
        try:
            await work
        finally:
            await engine.close_connection_pool()

    asyncio.run(inside())


async def _migrated() -> None:
    from bruecke.store.migrations import migrate

    for name in await migrate():
        _out(f"migrated: {name}")


def _migrate(_: argparse.Namespace) -> None:
    _with_database(_migrated())


def _run(chosen: argparse.Namespace) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings

    _with_database(_migrated())
    _ready_for_push()
    _out(f"Brücke: {settings().base_url}")
    if settings().demo:
        for role in ("volunteer", "representative", "coordinator", "admin"):
            _out(f"  {role:<15} {settings().base_url}/demo/{role}")
    Granian(
        "bruecke.app:create_app",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,
        backpressure=256,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        # Who sends headers slowly is cut; the default would hold a place for 30 s.
        http1_settings=HTTP1Settings(header_read_timeout=5_000),
        log_access=False,
        websockets=False,
    ).serve()


def _ready_for_push() -> None:
    """A key of our own where none is given; one that cannot be read stops the start."""
    if not settings().vapid_private_key:
        make_key(settings().data_dir)
    vapid()


def _keys(_: argparse.Namespace) -> None:
    file = settings().data_dir / FILE
    if not make_key(settings().data_dir):
        sys.exit(f"{file} is there already: a new key would end push on every phone.")
    _out(f"made: {file}")


def _worker(_: argparse.Namespace) -> None:
    import signal

    from bruecke.delivery.worker import Worker

    async def work() -> None:
        _ready_for_push()
        worker = Worker()
        stop = asyncio.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
        worker.start()
        await stop.wait()
        await worker.stop()

    _with_database(work())


def _demo(_: argparse.Namespace) -> None:
    from bruecke.clock import now
    from bruecke.language.dates import today
    from bruecke.seed import plant
    from bruecke.store import facts

    async def planted() -> None:
        await _migrated()
        if await facts.get("demo") == "yes":
            _out("the demo is there already")
            return
        await plant(now(), today(now()))
        _out("the demo is planted")

    _with_database(planted())


def _region(chosen: argparse.Namespace) -> None:
    from bruecke.actions.regions import NewRegion, add_region
    from bruecke.domain.errors import DomainError

    asked = NewRegion(
        slug=chosen.slug,
        name=chosen.name,
        postcode=chosen.postcode,
        desk=chosen.desk,
        phone=chosen.phone,
        hours=chosen.hours,
        email=chosen.email,
        controller=chosen.controller,
    )

    async def added() -> None:
        await _migrated()
        try:
            await add_region(asked)
        except DomainError as problem:
            sys.exit(f"Not added: {problem.field} cannot be used.")
        _out(f"People can join now: {settings().origin}/r/{asked.slug}")

    _with_database(added())


def _region_policy(chosen: argparse.Namespace) -> None:
    from bruecke.actions.regions import set_policy
    from bruecke.clock import now
    from bruecke.domain.errors import NotThere

    async def decided() -> None:
        await _migrated()
        try:
            await set_policy(chosen.slug, chosen.passes_by_itself == "yes", now())
        except NotThere:
            sys.exit("There is no such region yet.")
        _out(f"{chosen.slug} passes simple cases by itself: {chosen.passes_by_itself}")

    _with_database(decided())


def _admin(chosen: argparse.Namespace) -> None:
    from bruecke.actions.invites import invite_to_desk
    from bruecke.clock import now
    from bruecke.domain.errors import DomainError

    async def invited() -> None:
        await _migrated()
        role = "coordinator" if chosen.region else "admin"
        try:
            token = await invite_to_desk(chosen.email, chosen.region, role, now())
        except DomainError:
            sys.exit("There is no such region yet, or the address is not right.")
        _out(f"Open this once, within 14 days: {settings().origin}/invites/{token}")

    _with_database(invited())


def _import(chosen: argparse.Namespace) -> None:
    from bruecke.exchange import command

    if chosen.undo:
        _with_database(command.undo(chosen.undo))
    else:
        _with_database(command.import_file(chosen.file, chosen.region, chosen.write))
