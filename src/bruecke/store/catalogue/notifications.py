"""The outbox: what it carries is sealed, and emptied as soon as it has left."""

from bruecke.store.catalogue.rules import TableRule, also, blanked, plain

RULES: dict[str, TableRule] = {
    "delivery": TableRule(
        keep="its content until it is sent or given up, the row for 30 days",
        days=30,
        swept_by="bruecke.store.deliveries.sweep",
        found_by=("person",),
        columns={
            "id": plain("id", "names the row"),
            "person": blanked("link", "whom it goes to, where a person is known"),
            **also("content", "channel", "kind", purpose="what leaves, and how"),
            "sealed": blanked("secret", "address and content, encrypted", export=False),
            "dedupe_key": plain("technical", "sent once; holds ids of codes, not of persons"),
            **also("technical", "state", "attempts", "error", purpose="whether it has left"),
            **also("technical", "not_before_at", "lease_until_at", purpose="when it is tried"),
            **also("technical", "created_at", "done_at", purpose="since when, until when"),
        },
    ),
}
