"""What matching reads, without names or texts: an offer's row goes with its person."""

from bruecke.store.catalogue.rules import TableRule, own

_LANGUAGES = tuple(
    f"{step}_{word}" for step in ("spoken", "unsure", "a2", "b1", "c1") for word in ("low", "high")
)

RULES: dict[str, TableRule] = {
    "match_profile": TableRule(
        keep="while the offer is live or the posting open",
        lives_with="person",
        found_by=("person",),
        columns={
            "id": own("id", "which offer or posting"),
            "kind": own("technical", "an offer or a posting"),
            "person": own("link", "whose offer"),
            "organisation": own("link", "whose posting"),
            **dict.fromkeys(
                ("region", "cell", "lat", "lon", "radius_km"),
                own("content", "where, from the postcode, and how far"),
            ),
            "slots": own("content", "parts of the week"),
            **dict.fromkeys(
                ("activities", "anything", "skills"), own("content", "what is given or asked for")
            ),
            **dict.fromkeys(_LANGUAGES, own("content", "languages, as far as told or asked for")),
            "age_bands": own("content", "age band as far as told, or who is admitted"),
            "remote": own("content", "whether it needs no place"),
            **dict.fromkeys(("places", "places_left"), own("content", "places of a posting")),
            "confirmed_day": own("content", "when the offer was last said to be true"),
            **dict.fromkeys(("open_until", "next_day"), own("content", "until when, when next")),
            "stale_at": own("technical", "whether suggestions wait to be made anew"),
        },
    ),
}
