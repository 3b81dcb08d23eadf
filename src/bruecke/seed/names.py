"""Names people might have, by a language they speak; put together by chance, so nobody's own."""

from random import Random

# Language → given names and family names in Latin letters.
LATIN: dict[str, tuple[str, str]] = {
    "tr": ("Ayşe Elif Murat Kerem Zeynep Ozan Selin Baran", "Yıldız Kaya Demir Aksoy Şahin Tunç"),
    "ar": ("Nour Rami Yasmin Khaled Salma Tarek Huda Bilal", "Mansour Saleh Nasser Farouk Hamdan"),
    "uk": ("Iryna Taras Oksana Andrii Daryna Bohdan", "Melnyk Shevchuk Bondar Kravets Lysenko"),
    "ru": ("Svetlana Pavel Marina Dmitri Vera", "Orlova Lebedew Sokolowa Morosow Winter"),
    "ku": ("Rojda Dilan Berivan Serhat Zilan", "Baran Welat Dersim Botan Zerdeşt"),
    "ckb": ("Shilan Karwan Hêro Soran", "Rashid Mirza Hewram"),
    "fa-AF": ("Farida Hamid Zohra Najib Parwana", "Rahimi Sultani Noori Yusufzai Amiri"),
    "fa": ("Shirin Kian Laleh Babak", "Moradi Kiani Tehrani Sadeghi"),
    "fr": ("Aïssatou Mathieu Fanta Jean-Paul Awa", "Traoré Diallo Mbemba Koné Laurent"),
    "pl": ("Kasia Tomasz Magda Wojtek", "Nowicka Zieliński Mazurek Wrona"),
    "ro": ("Andreea Mihai Elena Radu", "Munteanu Ionescu Dobre Stan"),
    "bs": ("Amra Emir Selma Adnan", "Begić Kovačević Mujić Delić"),
    "sq": ("Arta Besnik Valbona Ilir", "Krasniqi Gashi Berisha Hoxha"),
    "ti": ("Selam Dawit Rahwa Yonas", "Gebremedhin Haile Tekle Abraha"),
    "es": ("Lucía Mateo Inés Diego", "Navarro Castillo Rojas Vega"),
    "vi": ("Lan Minh Thảo Hùng", "Nguyễn Trần Phạm Đặng"),
    "bg": ("Desislava Petar Milena Stoyan", "Ivanova Dimitrov Koleva Todorov"),
    "en": ("Grace Daniel Blessing Kwame Priya Arjun", "Adeyemi Mensah Sharma Owusu Taylor"),
    "de": ("Katrin Lukas Petra Moritz Heike Stefan Jule Rainer", "Brandt Lorenz Pohl Seidel Fuchs"),
}  # fmt: skip

# Names in other scripts, each with the language of who bears it.
OTHER_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("نور الهدى منصور", "ar"), ("خالد حمدان", "ar"), ("سلمى ناصر", "ar"), ("رامي فاروق", "ar"),
    ("Ірина Мельник", "uk"), ("Тарас Шевчук", "uk"), ("Оксана Бондар", "uk"),
    ("Марина Орлова", "ru"), ("Павел Соколов", "ru"), ("فریده رحیمی", "fa-AF"),
    ("نجیب نوری", "fa-AF"), ("شیرین مرادی", "fa"), ("شیلان ڕەشید", "ckb"),
    ("ሰላም ሃይለ", "ti"), ("Милена Колева", "bg"),
)  # fmt: skip

SINGLE: tuple[tuple[str, str], ...] = (
    ("Nasrin", "fa-AF"), ("Zahra", "fa"), ("Sirwan", "ckb"), ("Fatou", "fr"),
    ("Mulu", "ti"), ("Narin", "ku"), ("Aylin", "tr"), ("Bintou", "fr"),
)  # fmt: skip

LONG: tuple[tuple[str, str], ...] = (
    ("María Fernanda Guadalupe Castillo Navarro de la Vega y Montenegro", "es"),
    ("Abd ar-Rahman Muhammad Nur ad-Din ibn Yusuf al-Mansouri al-Hamdani", "ar"),
    ("Nguyễn Trần Phương Thảo Quỳnh Hương Ngọc Bích Thiên Kim Hoàng Mai", "vi"),
)


def rare_names() -> list[tuple[str, str]]:
    """Every name that tries a layout: other scripts, one word only, 60 characters and more."""
    return [*OTHER_SCRIPTS, *SINGLE, *LONG]


def plain_name(spoken: list[str], chance: Random) -> str:
    """A name for somebody who speaks these languages, German ones last."""
    homes = [tag for tag in LATIN if tag in spoken and tag not in ("de", "en")]
    if not homes:
        homes = [tag for tag in ("en", "de") if tag in spoken] or ["de"]
    given, family = LATIN[chance.choice(homes)]
    return f"{chance.choice(given.split())} {chance.choice(family.split())}"
