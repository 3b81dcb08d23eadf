"""A person and an opening brought together: the count stays, the person does not."""

from bruecke.store.catalogue.rules import TableRule, also, blanked, plain

RULES: dict[str, TableRule] = {
    "match": TableRule(
        keep="6 months after it closed, then counts only",
        days=183,
        found_by=("person",),
        columns={
            "id": plain("id", "names the row"),
            **also("link", "opening", "posting", purpose="which task"),
            "person": blanked("link", "who would help"),
            "offer": blanked("link", "by which offer"),
            "source": plain("technical", "who brought the two together"),
            "state": plain("technical", "where it stands"),
            **also("technical", "prior_state", "closed_reason", purpose="how it came there"),
            "calls": blanked("content", "who calls whom"),
            "party_size": blanked("content", "how many come"),
            "by_policy": plain("technical", "how far it came without a person, and what opens"),
            "score": blanked("content", "how well it fits"),
            "parts": blanked("content", "the parts of the score"),
            "reasons": blanked("content", "why it was suggested, as keys"),
            "points_version": plain("technical", "by which table of points"),
            # Holds the person's id: erasure puts the row's own id there, it must stay unique.
            "dedupe_key": blanked("technical", "one row for one pair", export=False),
            "visible_from_at": plain("technical", "when others see the last move"),
            **also("technical", "created_at", "moved_at", purpose="since when, last moved when"),
        },
    ),
}
