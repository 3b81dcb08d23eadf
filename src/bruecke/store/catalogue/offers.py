"""What a person gives: it goes with the person."""

from bruecke.store.catalogue.rules import TableRule, own

RULES: dict[str, TableRule] = {
    "offer": TableRule(
        keep="with the person",
        lives_with="person",
        found_by=("person",),
        columns={
            "id": own("id", "names the row"),
            "region": own("link", "where the help is offered"),
            "person": own("link", "who offers"),
            "kind": own("content", "time, expertise, a thing or an introduction"),
            "anything": own("content", "open to every activity"),
            "activities": own("content", "what the person wants to do"),
            "skills": own("content", "what the person can do"),
            "slots": own("content", "when the person has time"),
            "formats": own("content", "once, regularly, from home"),
            "radius_km": own("content", "how far the person goes"),
            "max_parallel": own("content", "how many tasks at once"),
            "state": own("content", "whether the offer stands"),
            "created_at": own("content", "since when"),
            "confirmed_at": own("content", "when it was last said to be true"),
            "valid_until_at": own("content", "until when"),
        },
    ),
}
