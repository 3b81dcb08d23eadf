"""An offer goes with its person."""

from piccolo.columns.base import OnDelete
from piccolo.columns.column_types import ForeignKey
from bruecke.store.migrations import Manager


async def forwards() -> Manager:
    manager = Manager(
        migration_id="2026_11_22_02_an_offer_goes_with_its_person", app_name="bruecke"
    )
    manager.alter_column(
        table_class_name="Offer",
        tablename="offer",
        column_name="person",
        db_column_name="person",
        params={"on_delete": OnDelete.cascade},
        old_params={"on_delete": OnDelete.set_null},
        column_class=ForeignKey,
        old_column_class=ForeignKey,
        schema=None,
    )
    return manager
