"""Who is not brought together: never exported, or one side would learn it of the other."""

from bruecke.store.catalogue.rules import TableRule, hidden

RULES: dict[str, TableRule] = {
    "block": TableRule(
        keep="until it is lifted, else with the person",
        lives_with="person",
        found_by=("person", "other", "maker"),
        columns={
            "id": hidden("id", "names the row"),
            "person": hidden("link", "who gets no tasks"),
            "organisation": hidden("link", "of which association"),
            "other": hidden("link", "or with which contact person"),
            "made_by": hidden("technical", "which side wanted it"),
            "maker": hidden("link", "the one person who sees it and may lift it"),
            "created_at": hidden("technical", "since when"),
        },
    ),
}
