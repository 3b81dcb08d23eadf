"""How devices prove who holds them: short lives and hashes; only the devices are exported."""

from bruecke.store.catalogue.rules import TableRule, also, blanked, hidden, own, plain

RULES: dict[str, TableRule] = {
    "login": TableRule(
        keep="until sign-out, or idle: 1 hour to 180 days by role and phone; with push"
        " on its device 90 days longer, opening nothing",
        days=270,
        swept_by="bruecke.actions.logins.sweep",
        found_by=("person",),
        columns={
            "id": hidden("secret", "hash of the cookie"),
            "person": own("link", "who is signed in"),
            "method": own("content", "how the device proved it"),
            "shared_phone": own("content", "whether the phone is shared: one hour only"),
            "device": own("content", "names of system and browser, for the list of devices"),
            "created_at": own("content", "since when"),
            "seen_at": own("content", "last used"),
            "expires_at": own("content", "when it ends by itself"),
        },
    ),
    "sign_in_code": TableRule(
        keep="10 minutes",
        days=1,
        swept_by="bruecke.store.sign_in_codes.sweep",
        found_by=("person",),
        columns={
            "id": hidden("id", "names the row"),
            "address_hash": hidden("secret", "keyed hash of the address, known here or not"),
            "browser_hash": hidden("secret", "keyed hash of the browser that asked"),
            "code_hash": hidden("secret", "keyed hash of the code"),
            "person": hidden("link", "whom it signs in; empty for an unknown address"),
            "tries": hidden("technical", "five, then it is dead"),
            "created_at": hidden("technical", "when it was asked for"),
            "expires_at": hidden("technical", "when it ends"),
            "used_at": hidden("technical", "whether it was used"),
        },
    ),
    "hand_over_code": TableRule(
        keep="24 hours",
        days=1,
        swept_by="bruecke.store.hand_over_codes.sweep",
        found_by=("person", "issued_by"),
        columns={
            "id": hidden("secret", "keyed hash of the code"),
            "person": hidden("link", "whom it signs in"),
            "issued_by": hidden("link", "who handed it over"),
            "purpose": hidden("technical", "what it is for"),
            "created_at": hidden("technical", "when it was made"),
            "expires_at": hidden("technical", "when it ends"),
            "used_at": hidden("technical", "whether it was used"),
        },
    ),
    "passkey": TableRule(
        keep="until it is removed, else with the person",
        lives_with="person",
        found_by=("person",),
        columns={
            "id": hidden("id", "the credential, as the device knows it"),
            "person": own("link", "whose device"),
            "public_key": hidden("technical", "checks the device's signature"),
            "sign_count": hidden("technical", "shows a copied device"),
            "name": own("content", "what its owner calls it"),
            "created_at": own("content", "since when"),
            "used_at": own("content", "last used"),
        },
    ),
    "passkey_challenge": TableRule(
        keep="5 minutes",
        days=1,
        swept_by="bruecke.store.passkeys.sweep",
        found_by=("person",),
        columns={
            "id": hidden("secret", "keyed hash of the browser that asked"),
            "challenge": hidden("secret", "what the device has to sign"),
            "person": hidden("link", "who adds a passkey; empty at sign-in"),
            "expires_at": hidden("technical", "when it ends"),
        },
    ),
    "invite": TableRule(
        keep="14 days",
        days=14,
        swept_by="bruecke.store.hand_over_codes.sweep",
        found_by=("invited_by",),
        columns={
            "id": plain("secret", "keyed hash of the link"),
            **also("link", "organisation", "region", purpose="where it lets somebody in"),
            **also("content", "role", "hand_over", purpose="to which seat"),
            "invited_by": blanked("link", "who invites"),
            **also("technical", "uses_left", "revoked_at", purpose="whether it still opens"),
            **also("technical", "created_at", "expires_at", purpose="from when, until when"),
        },
    ),
}
