"""Imported files: how many rows came from where, nothing of their content."""

from bruecke.store.catalogue.rules import TableRule, also, plain

RULES: dict[str, TableRule] = {
    "import_batch": TableRule(
        keep="as long as the installation",
        columns={
            "id": plain("id", "names the import, so that it can be undone"),
            "region": plain("link", "where its postings belong"),
            **also("technical", "source", "file_hash", purpose="which file it was"),
            **also("technical", "rows", "taken", "with_loss", "not_taken", purpose="what came in"),
            **also("technical", "created_at", "undone_at", purpose="when"),
        },
    ),
}
