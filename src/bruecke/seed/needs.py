"""The thirty needs: 22 open (5 of them full), 3 paused, 2 in review, 2 closed, 1 draft."""

from bruecke.seed.wanted import Wanted

NEEDS: tuple[Wanted, ...] = (
    Wanted(
        "demo-roj", "open", 3, "homework_help", slots="tue-afternoon thu-evening sat-morning",
        matches={"active": 1, "interested": 3, "unsure": 2, "suggested": 5},
    ),
    Wanted(
        "demo-jugend", "open", 2, "homework_help", slots="mon-evening wed-evening",
        matches={"interested": 2, "unsure": 1, "suggested": 4}, cast={"suggested": "demo-amina"},
    ),
    Wanted(
        "demo-zaitouna", "open", 3, "homework_help", matches={"active": 2, "suggested": 4},
        text="نراجع الواجبات معًا بعد المدرسة. قليل من الألمانية يكفي.", text_language="ar",
    ),
    Wanted("demo-elternnetz", "open", 2, "homework_help", matches={"active": 2}),
    Wanted(
        "demo-moschee", "closed", 2, "homework_help", closed_reason="not_found",
        matches={"done": 1, "closed": 3},
    ),
    Wanted(
        "demo-zaitouna", "open", 3, "interpreting", language="ar", level=5,
        matches={"active": 1, "approved": 1, "suggested": 3},
    ),
    Wanted(
        "demo-soniachnyk", "open", 2, "interpreting", language="uk", level=5,
        slots="mon-morning tue-afternoon wed-evening thu-evening",
        text="Допоможіть під час розмови в школі. Ми домовляємося про час разом.",
        text_language="uk", matches={"active": 1, "suggested": 2},
    ),
    Wanted("demo-podul", "review", 1, "interpreting", language="ro", level=5),
    Wanted(
        "demo-roj", "open", 2, "interpreting", language="ku", level=5,
        slots="mon-evening wed-evening sat-morning sat-midday",
        matches={"active": 1, "unsure": 1, "suggested": 2},
    ),
    Wanted(
        "demo-cinar", "open", 3, "visiting_service", language="tr", level=4,
        slots="mon-afternoon wed-evening sat-afternoon sun-afternoon",
        text="Yaşlı bir komşuyu ziyaret edin. İlk ziyarete biri sizinle gelir.",
        text_language="tr", matches={"active": 1, "suggested": 3},
    ),
    Wanted("demo-cinar", "open", 1, "visiting_service", matches={"active": 1}),
    Wanted(
        "demo-cem", "open", 2, "visiting_service",
        matches={"active": 1, "interested": 1, "suggested": 3},
    ),
    Wanted("demo-moschee", "paused", 2, "visiting_service", matches={"active": 1, "paused": 1}),
    Wanted(
        "demo-roj", "open", 1, "accounts_help", matches={"interested": 2, "suggested": 2},
    ),
    Wanted("demo-mezzo", "open", 1, "accounts_help", matches={"active": 1}),
    Wanted(
        "demo-mezzo", "open", 2, kind="need", activity="digital", skills="website",
        title="Webseite pflegen", format="remote", slots="tue-evening sat-morning",
        text="Unsere Webseite ist alt. Sie pflegen Termine und Bilder, auch von zu Hause.",
        text_language="de", matches={"active": 1, "suggested": 2},
    ),
    Wanted(
        "demo-jugend", "open", 1, kind="need", activity="digital", skills="social_media",
        title="Bilder für soziale Medien", format="remote", slots="mon-evening sun-evening",
        text="Sie machen kurze Beiträge über unsere Gruppe.", text_language="de",
        matches={"active": 1},
    ),
    Wanted(
        "demo-jugend", "open", 5, "sport_group", slots="sat-morning sun-midday",
        age_bands="adult", matches={"active": 2, "approved": 1, "interested": 2, "suggested": 4},
        cast={"approved": "demo-samuel"},
    ),
    Wanted(
        "demo-jugend", "paused", 2, "sport_group", slots="wed-afternoon wed-evening",
        matches={"active": 1, "paused": 1},
    ),
    Wanted(
        "demo-zaitouna", "open", 3, "office_company",
        matches={"active": 1, "approved": 1, "suggested": 3},
    ),
    Wanted("demo-elternnetz", "open", 2, "office_company", matches={"active": 1, "suggested": 3}),
    Wanted("demo-roj", "open", 1, "office_company", matches={"active": 1}),
    Wanted(
        "demo-sofra", "open", 2, kind="need", activity="visiting", skills="buddy listening",
        title="Patenschaft für neue Pflegekräfte", format="tandem",
        slots="sat-afternoon sun-midday",
        text="Jemand ist neu in der Stadt und arbeitet in der Pflege. Sie treffen sich zu zweit.",
        text_language="de", matches={"active": 1, "suggested": 3},
    ),
    Wanted(
        "demo-cem", "closed", 1, kind="need", activity="visiting", skills="buddy",
        title="Patenschaft im Pflegeheim", format="tandem", slots="tue-evening sun-afternoon",
        closed_reason="not_found", matches={"done": 1, "closed": 3},
    ),
    Wanted(
        "demo-zaitouna", "open", 3, "german_practice", title="Frauencafé", format="recurring",
        slots="wed-morning wed-evening",
        text="Wir trinken Tee und üben Deutsch. Kinder sind willkommen.",
        text_language="de", matches={"active": 1, "suggested": 3},
    ),
    Wanted(
        "demo-mandela", "review", 2, "german_practice", format="recurring",
        text="We meet for tea and practise German together.", text_language="en",
    ),
    Wanted(
        "demo-roj", "open", 2, "reading_aloud", slots="wed-afternoon fri-afternoon sat-morning",
        matches={"active": 1, "interested": 2, "suggested": 3}, cast={"active": "demo-olena"},
    ),
    Wanted(
        "demo-sofra", "paused", 1, kind="need", activity="driving", skills="driving_car",
        title="Fahrdienst zum Mittagstisch", format="recurring", slots="wed-morning wed-midday",
        text="Sie holen ältere Gäste ab und bringen sie zurück.", text_language="de",
        matches={"paused": 1},
    ),
    Wanted(
        "demo-mandela", "draft", 1, kind="need", activity="office", skills="town_guide",
        title="First weeks in Kassel", format="flexible", slots="sat-midday sat-afternoon",
        text="You show somebody the town: bus, library, doctors.", text_language="en",
    ),
    Wanted(
        "demo-moschee", "open", 2, kind="need", activity="office", skills="town_guide",
        title="Die ersten Wochen in Münster", format="flexible",
        slots="mon-evening fri-evening sat-midday",
        text="Sie zeigen jemandem die Stadt: Bus, Bücherei, Ärzte.", text_language="de",
        matches={"active": 1, "interested": 1, "suggested": 2},
    ),
)  # fmt: skip
