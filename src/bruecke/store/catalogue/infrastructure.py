"""What keeps the house safe: short-lived, hashed, or about the installation only."""

from bruecke.store.catalogue.rules import TableRule, hidden, plain

RULES: dict[str, TableRule] = {
    "idempotency_key": TableRule(
        keep="7 days",
        days=7,
        swept_by="bruecke.store.idempotency.sweep",
        found_by=("answer",),
        columns={
            "id": hidden("secret", "keyed hash of the form's own key"),
            "body_hash": hidden("technical", "whether the same answers came again"),
            "answer": hidden("id", "what came of it: the id of a person or a thing"),
            "created_at": hidden("technical", "when it was sent"),
        },
    ),
    "rate_bucket": TableRule(
        keep="until its window ends, at most 1 day",
        days=1,
        swept_by="bruecke.store.rate_buckets.sweep",
        columns={
            "id": hidden("secret", "limit, and keyed hash of the network or address"),
            "hits": hidden("technical", "how often in this window"),
            "resets_at": hidden("technical", "when the window ends"),
        },
    ),
    "job_run": TableRule(
        keep="30 days",
        days=30,
        swept_by="bruecke.store.jobs.sweep",
        columns={
            "id": plain("id", "job, region and day"),
            "ran_at": plain("technical", "when it ran"),
        },
    ),
    "fact": TableRule(
        keep="as long as the installation",
        columns={
            "id": plain("id", "which fact"),
            "value": plain("technical", "such as: this database is a demo"),
        },
    ),
}
