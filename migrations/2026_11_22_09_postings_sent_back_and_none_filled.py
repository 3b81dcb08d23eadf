"""The desk's reason for sending a posting back; what was stored as filled is open (ADR 0020)."""

from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod
from bruecke.store.engine import current_engine
from bruecke.store.migrations import Manager


async def open_what_is_filled() -> None:
    await current_engine().run_ddl("UPDATE posting SET state = 'open' WHERE state = 'filled'")


async def forwards() -> Manager:
    manager = Manager(
        migration_id="2026_11_22_09_postings_sent_back_and_none_filled", app_name="bruecke"
    )
    manager.add_raw(open_what_is_filled)
    manager.add_column(
        table_class_name="Posting",
        tablename="posting",
        column_name="sent_back",
        db_column_name="sent_back",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 40,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    return manager
