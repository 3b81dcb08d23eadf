"""The persons themselves: everything here is theirs, leaves with them and is in their export."""

from bruecke.store.catalogue.rules import TableRule, hidden, own

RULES: dict[str, TableRule] = {
    "person": TableRule(
        keep="while the account is used; 12 months without a visit, then 30 days of notice",
        days=395,
        found_by=("id",),
        columns={
            "id": own("id", "names the row and nothing else"),
            "region": own("content", "which region's tasks are suggested"),
            "desk": own("link", "which service point answers for the data"),
            "name": own("content", "how the person wants to be called"),
            "reading_language": own("content", "language of pages and mails"),
            "postcode": own("content", "distance to a task; may stay empty"),
            "phone": own("contact", "to be called by the desk"),
            "email": own("contact", "to get a sign-in code"),
            "phone_confirmed_at": own("content", "whether the number was seen to work"),
            "email_confirmed_at": own("content", "whether the address was seen to work"),
            "age_band": own("content", "some tasks are for adults only; never a date"),
            "wants_new_communities": own("content", "a wish for suggestions"),
            "languages_told_at": own("content", "whether the question was answered"),
            "source": own("content", "which poster was read; for the desk's own count"),
            "quiet_from": own("content", "from which minute of the day no phone rings"),
            "quiet_until": own("content", "until which minute of the day"),
            "ask_again_at": own("content", "before when no suggestion is sent"),
            "created_at": own("content", "when the person joined"),
            "seen_at": own("content", "when the account was last used"),
        },
    ),
    "person_language": TableRule(
        keep="with the person",
        lives_with="person",
        found_by=("person",),
        columns={
            "id": hidden("id", "names the row"),
            "person": own("link", "whose language"),
            "language": own("content", "a language the person can help in"),
            "level": own("content", "how well, where it was asked"),
        },
    ),
    "membership": TableRule(
        keep="with the person",
        lives_with="person",
        found_by=("person",),
        columns={
            "id": hidden("id", "names the row"),
            "person": own("link", "who holds the seat"),
            "organisation": own("link", "whom the person speaks for"),
            "region": own("link", "which region the person works for"),
            "role": own("content", "what the person may do there"),
            "created_at": own("content", "since when"),
            "ended_at": own("content", "until when"),
        },
    ),
    "consent": TableRule(
        keep="with the person",
        lives_with="person",
        found_by=("person",),
        columns={
            "id": hidden("id", "names the row"),
            "person": own("link", "who agreed"),
            "text": own("content", "to which text"),
            "version": own("content", "in which version"),
            "language": own("content", "in which language it was read"),
            "given_at": own("content", "when it was given"),
            "withdrawn_at": own("content", "when it was taken back"),
        },
    ),
}
