"""Fifteen opportunities and events of these weeks, and six requests for support."""

from datetime import time

from bruecke.seed.wanted import Dated, Wanted, Weekly

# The volunteer day in Kassel: one Saturday, five projects.
_DAY = Dated(2, 5, time(10), time(14))

FESTIVAL_TASKS = (
    "Aufbauen", "Bühne", "Musik", "Essen", "Getränke", "Begrüßung", "Kinderecke", "Fotos",
    "Erste Hilfe", "Beim Sprechen helfen", "Fahren und tragen", "Aufräumen",
)  # fmt: skip

OPPORTUNITIES: tuple[Wanted, ...] = (
    Wanted(
        "demo-sofra", "open", 4, "lunch_table", when=Weekly(2, time(10), time(14)),
        matches={"confirmed": 1},
    ),
    Wanted(
        "demo-zaitouna", "open", 4, "lunch_table", when=Weekly(3, time(10), time(14)),
        matches={"confirmed": 1},
        text="Nous cuisinons ensemble et mangeons avec les invités.", text_language="fr",
    ),
    Wanted(
        "demo-roj", "open", 4, "lunch_table", when=Weekly(4, time(17), time(20)),
        title="Freitagsküche", text="Wir kochen zusammen am Abend. Wenig Deutsch reicht.",
        text_language="de", matches={"confirmed": 2, "interested": 1},
        cast={"confirmed": "demo-amina"},
    ),
    Wanted(
        "demo-roj", "open", 6, kind="opportunity", activity="driving", skills="repairs carrying",
        title="Raum streichen", text="Wir streichen unseren Lernraum. Farbe ist da.",
        text_language="de", when=_DAY, matches={"approved": 2, "confirmed": 1, "suggested": 2},
    ),
    Wanted(
        "demo-jugend", "open", 6, kind="opportunity", activity="sport", skills="cycling",
        title="Fahrräder reparieren", text="Kinder bringen ihr Rad. Sie helfen beim Reparieren.",
        text_language="de", when=_DAY, matches={"approved": 1, "suggested": 2},
    ),
    Wanted(
        "demo-roj", "open", 4, kind="opportunity", activity="driving", skills="gardening",
        title="Beete im Hof bauen", text="Wir bauen Beete für Kräuter und Tomaten.",
        text_language="de", when=_DAY, matches={"confirmed": 3, "offered": 1, "waitlisted": 2},
    ),
    Wanted(
        "demo-jugend", "open", 6, kind="opportunity", activity="cooking",
        skills="cooking_for_many", title="Kochen für das Picknick",
        text="Wir kochen für alle Helfenden. Danach essen wir zusammen.", text_language="de",
        when=_DAY, matches={"interested": 2},
    ),
    Wanted(
        "demo-roj", "open", 6, kind="opportunity", activity="learning", skills="school_talks",
        title="Lerncafé für Eltern", text="Eltern fragen zur Schule. Sie hören zu und helfen.",
        text_language="de", when=_DAY, matches={"confirmed": 1, "closed": 2},
    ),
    Wanted(
        "demo-roj", "open", 2, "festival_help", title="Fest der Sprachen",
        text="Musik, Essen und Spiele im Hof. Kommen Sie eine Stunde oder den ganzen Tag.",
        text_language="de", when=Dated(3, 6, time(12), time(18)), tasks=FESTIVAL_TASKS,
        matches={"confirmed": 3, "approved": 2, "interested": 2, "suggested": 3, "closed": 3},
    ),
    Wanted(
        "demo-mezzo", "open", 12, kind="event", activity="accounts", skills="facilitation",
        title="Runder Tisch: Arbeit und Familie", text="Wir sprechen über Wege in den Beruf.",
        text_language="de", when=Dated(1, 3, time(18), time(20)), matches={"confirmed": 1},
    ),
    Wanted(
        "demo-elternnetz", "open", 12, kind="event", activity="learning", skills="school_talks",
        title="Runder Tisch: Schule", text="Eltern und Schulen sprechen über den Schulanfang.",
        text_language="de", when=Dated(2, 1, time(17), time(19)), matches={"confirmed": 1},
    ),
    Wanted(
        "demo-zaitouna", "open", 10, kind="event", activity="accounts", skills="funding",
        title="Schulung: Fördergeld beantragen",
        text="Ein Abend mit Beispielen und Zeit für Fragen.",
        text_language="de", when=Dated(1, 2, time(18), time(20, 30)),
        matches={"confirmed": 1, "closed": 2},
    ),
    Wanted(
        "demo-moschee", "open", 10, kind="event", activity="digital", skills="phones",
        title="Schulung: Handy sicher nutzen", text="Wir zeigen, worauf man achten kann.",
        text_language="de", when=Dated(2, 2, time(18), time(20)), matches={"confirmed": 1},
    ),
    Wanted(
        "demo-soniachnyk", "open", 10, kind="opportunity", activity="driving", skills="carrying",
        title="Толока в парку", text="Разом прибираємо парк. Рукавички та чай є.",
        text_language="uk", when=Dated(1, 5, time(10), time(13)),
        matches={"interested": 1, "suggested": 2, "closed": 2},
    ),
    Wanted(
        "demo-jugend", "closed", 14, kind="event", activity="sport", skills="ball_games",
        title="Sporttag im Stadtteil", text="Ein Tag mit Ball, Tanz und Lauf für alle.",
        text_language="de", when=Dated(-2, 5, time(10), time(16)), closed_reason="done",
        matches={"done": 14},
    ),
)  # fmt: skip

SUPPORT: tuple[Wanted, ...] = (
    Wanted(
        "demo-mandela", "review", 1, kind="support", activity="accounts", skills="statutes",
        title="Help with founding", text="Who reads our statutes with us?", text_language="en",
    ),
    Wanted(
        "demo-podul", "review", 1, kind="support", activity="accounts", skills="statutes",
        title="Verein gründen", text="Wir suchen Rat zur Gründung.", text_language="de",
    ),
    Wanted(
        "demo-soniachnyk", "open", 1, kind="support", activity="accounts", skills="funding",
        title="Rat zum Fördergeld", text="Wir stellen den ersten Antrag. Wer liest mit?",
        text_language="de",
    ),
    Wanted(
        "demo-jugend", "open", 1, kind="support", activity="accounts", skills="planning",
        title="Anerkennung nach § 75", text="Wir wollen freier Träger werden. Wer kennt den Weg?",
        text_language="de",
    ),
    Wanted(
        "demo-cem", "open", 1, kind="support", activity="festivals",
        title="Raum am Samstag gesucht", text="Wir suchen einen Raum für 20 Personen.",
        text_language="de",
    ),
    Wanted(
        "demo-elternnetz", "closed", 1, kind="support", activity="accounts", skills="mediation",
        title="Gespräch im Streit begleiten", text="Zwei Gruppen teilen einen Raum.",
        text_language="de", closed_reason="done",
    ),
)  # fmt: skip
