"""What organisations ask for: their own words, never a record of the person to be helped."""

from bruecke.store.catalogue.rules import TableRule, also, blanked, plain

RULES: dict[str, TableRule] = {
    "posting": TableRule(
        keep="while it is open; 6 months after it closed, then counts only",
        days=183,
        found_by=("contact",),
        columns={
            "id": plain("id", "names the row"),
            **also("link", "region", "desk", "organisation", purpose="who asks, who answers"),
            "contact": blanked("link", "who answers for it in the organisation"),
            **also("content", "kind", "template", "activity", "skills", purpose="what is asked"),
            **also("content", "title", "text", "text_language", purpose="in the asker's words"),
            **also("content", "format", "slots", purpose="how often, at which times of the week"),
            **also("content", "starts_on", "last_date", purpose="from when, until when"),
            **also("content", "starts_time", "ends_time", purpose="at which time of the day"),
            **also("content", "area", "venue", "postcode", purpose="where people meet"),
            "radius_km": plain("content", "from how far away people may come"),
            **also("content", "language_required", "language_level", purpose="language needed"),
            "german_level": plain("content", "German needed, with a reason"),
            **also("content", "age_bands", "checks", purpose="who may be suggested"),
            **also("content", "home_visit", "with_children", purpose="when a person must decide"),
            "advance_consent": plain("content", "the organisation's yes, given ahead"),
            "meets_new": plain("content", "open to people new to the organisation"),
            **also("technical", "state", "closed_reason", "sent_back", purpose="where it stands"),
            "review_by": plain("technical", "when to ask whether it is still true"),
            **also("technical", "created_at", "published_at", purpose="since when"),
            **also("technical", "import_batch", "external_key", purpose="which file it is from"),
            "external_edited_at": plain("technical", "when it was last edited there"),
            "activity_unsure": plain("technical", "whether somebody must choose the activity"),
        },
    ),
    "shift": TableRule(
        keep="with the posting",
        lives_with="posting",
        columns={
            "id": plain("id", "names the row"),
            "posting": plain("link", "of which posting"),
            **also("content", "held_on", "starts", "ends", "zone", purpose="when it is"),
            "state": plain("technical", "whether it takes place"),
        },
    ),
    "opening": TableRule(
        keep="with the posting",
        lives_with="posting",
        columns={
            "id": plain("id", "names the row"),
            **also("link", "posting", "shift", purpose="of which posting and day"),
            "task": plain("content", "which of several tasks"),
            **also("technical", "capacity", "taken", purpose="how many places, how many taken"),
        },
    ),
    "imported_posting": TableRule(
        keep="with the posting",
        lives_with="posting",
        columns={
            "id": plain("id", "names the row"),
            **also("link", "batch", "posting", purpose="which import wrote which posting"),
            "before": plain("content", "what the posting said before, to undo the import"),
        },
    ),
}
