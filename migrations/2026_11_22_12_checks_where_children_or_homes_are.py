"""What a representative ticked asks for checks too: they come to the tasks that are there."""

from bruecke.store.engine import current_engine
from bruecke.store.migrations import Manager

_ASKED = (
    ("interview", "home_visit OR with_children"),
    ("training", "home_visit"),
    ("confidentiality", "home_visit"),
    ("certificate_seen", "with_children"),
)


async def ask_for_what_is_missing() -> None:
    for kind, where in _ASKED:
        await current_engine().run_ddl(
            f"UPDATE posting SET checks = TRIM(checks || ' {kind}') WHERE ({where})"
            f" AND (' ' || checks || ' ') NOT LIKE '% {kind} %'"
        )


async def forwards() -> Manager:
    manager = Manager(
        migration_id="2026_11_22_12_checks_where_children_or_homes_are", app_name="bruecke"
    )
    manager.add_raw(ask_for_what_is_missing)
    return manager
