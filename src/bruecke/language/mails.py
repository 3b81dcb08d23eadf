"""The words of mails: they name no organisation and carry no personal data."""

from bruecke.language.catalog import text


def sign_in_code(code: str, language: str) -> tuple[str, str]:
    """Subject and text of the mail with a six-digit code."""
    body = "\n\n".join(
        [
            text("mail.code.body", language, code=f"{code[:3]} {code[3:]}"),
            text("mail.code.life", language),
            text("mail.code.not_you", language),
        ]
    )
    return text("mail.code.subject", language), body + "\n"
