"""What Piccolo has to know to compare our tables with the migrations."""

from piccolo.conf.apps import AppConfig

from bruecke.paths import data
from bruecke.store.tables import TABLES

APP_CONFIG = AppConfig(
    app_name="bruecke",
    migrations_folder_path=data("migrations"),
    table_classes=list(TABLES),
)
