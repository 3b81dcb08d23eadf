"""Who did what: the entry stays as proof, the person in it is blanked at erasure."""

from bruecke.store.catalogue.rules import TableRule, also, blanked, plain

RULES: dict[str, TableRule] = {
    "history_entry": TableRule(
        keep="24 months",
        days=730,
        found_by=("actor", "thing_id"),
        columns={
            "id": plain("id", "order of the entries"),
            "at": plain("content", "when"),
            "actor": blanked("id", "who did it; empty for the system"),
            **also("content", "did", "thing", "detail", purpose="what was done to what"),
            "thing_id": blanked("id", "to which thing; blanked where the thing is a person"),
        },
    ),
}
