"""Push endpoints: capabilities of a browser, gone with the login they came with."""

from bruecke.store.catalogue.rules import TableRule, hidden, own

RULES: dict[str, TableRule] = {
    "subscription": TableRule(
        keep="until push is switched off, the device signs out or changes hands, its push service"
        " forgets it, or 90 days after its login ran out",
        lives_with="login",
        found_by=("person",),
        columns={
            "id": hidden("id", "names the row"),
            "person": own("link", "who is told"),
            "login": hidden("link", "the device; signing it out ends push there"),
            "endpoint": hidden("secret", "the browser's address at its push service"),
            "endpoint_hash": hidden("secret", "finds the endpoint again"),
            "p256dh": hidden("secret", "the browser's public key"),
            "auth": hidden("secret", "the browser's shared secret"),
            "vapid_key": hidden("technical", "which of our keys it was made for"),
            "language": own("content", "in which language the device reads"),
            "failures": hidden("technical", "days in a row on which it was refused"),
            "refused_at": hidden("technical", "when the last of these days began"),
            "created_at": own("content", "since when"),
            "seen_at": own("content", "last renewed"),
            "delivered_at": own("content", "last reached"),
        },
    ),
}
