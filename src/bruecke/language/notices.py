"""The words of notifications: neutral on a lock screen, no name, no association."""

from bruecke.language.catalog import count, text


def notice_words(kind: str, lines: int, language: str) -> tuple[str, str]:
    """Title (at most 40 characters) and body (at most 120) of a message with so many lines."""
    if kind == "suggestion":
        return count("notices.suggestion", lines, language), text(
            "notices.suggestion.body", language
        )
    return text(f"notices.{kind}", language), text(f"notices.{kind}.body", language)
