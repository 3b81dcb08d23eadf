"""What was seen of a person before it starts: the least § 72a(5) SGB VIII lets anybody keep."""

from bruecke.store.catalogue.rules import TableRule, hidden, own

RULES: dict[str, TableRule] = {
    "trust_check": TableRule(
        keep="with the person",
        lives_with="person",
        found_by=("person", "seen_by"),
        columns={
            "id": hidden("id", "names the row"),
            "person": own("link", "of whom"),
            "kind": own("content", "what was seen, of five kinds"),
            "organisation": own("link", "for which carrier a certificate was shown"),
            "activity": own("content", "for which activity there"),
            "seen_on": own("content", "on which day"),
            "valid_until": own("content", "until when it counts"),
            "seen_by": hidden("link", "who at the desk saw it"),
            "created_at": own("content", "when it was entered"),
        },
    ),
}
