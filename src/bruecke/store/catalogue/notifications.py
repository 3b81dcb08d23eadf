"""What people should know, and the outbox: what it carries is sealed, and emptied once it left."""

from bruecke.store.catalogue.rules import TableRule, also, blanked, hidden, own, plain

RULES: dict[str, TableRule] = {
    "notification": TableRule(
        keep="90 days",
        days=90,
        swept_by="bruecke.store.notifications.sweep",
        found_by=("person",),
        columns={
            "id": hidden("id", "names the row"),
            "person": own("link", "who should know"),
            "kind": own("content", "what happened"),
            "match": own("link", "to which match"),
            "message": hidden("technical", "what left the house together with it"),
            "dedupe_key": hidden("technical", "said once"),
            "created_at": own("content", "when it happened"),
            "visible_from_at": hidden("technical", "when the move can no longer be taken back"),
            "covered_at": hidden("technical", "when a later move made it no news"),
            "read_at": own("content", "when it was read"),
        },
    ),
    "answer_link": TableRule(
        keep="14 days",
        days=14,
        swept_by="bruecke.store.answer_links.sweep",
        found_by=("person",),
        columns={
            "id": hidden("secret", "keyed hash of the link"),
            "person": hidden("link", "who may answer with it"),
            "message": hidden("technical", "which suggestions it may answer"),
            "created_at": hidden("technical", "when it was made"),
            "expires_at": hidden("technical", "when it ends"),
        },
    ),
    "delivery": TableRule(
        keep="its content until it is sent or given up, the row for 30 days",
        days=30,
        swept_by="bruecke.store.deliveries.sweep",
        found_by=("person",),
        columns={
            "id": plain("id", "names the row"),
            "person": blanked("link", "whom it goes to, where a person is known"),
            **also("content", "channel", "kind", purpose="what leaves, and how"),
            "message": plain("technical", "which notifications it carries"),
            "subscription": plain("link", "to which device"),
            "sealed": blanked("secret", "address and content, encrypted", export=False),
            "dedupe_key": plain("technical", "sent once; holds ids of codes, not of persons"),
            **also("technical", "state", "attempts", "error", purpose="whether it has left"),
            **also("technical", "not_before_at", "lease_until_at", purpose="when it is tried"),
            **also("technical", "created_at", "done_at", purpose="since when, until when"),
        },
    ),
}
