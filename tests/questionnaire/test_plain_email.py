"""A plain e-mail address is taken without the library exactly where the library would take it as it is."""

from random import Random
from unittest.mock import patch

from email_validator import EmailNotValidError, validate_email

from app.questionnaire import contact

NAMES = (
    "ana",
    "ana.b",
    "a_b-c+d",
    "-a",
    "a..b",
    ".a",
    "a.",
    "Info",
    "INFO",
    "ana b",
    "",
    "a@b",
    '"a"',
    "é",
    "o'neil",
    "x" * 64,
    "x" * 65,
)
LABELS = (
    "example",
    "a-b",
    "a--b",
    "ab--c",
    "xn--4dbc",
    "-a",
    "a-",
    "",
    "A",
    "ñ",
    "7",
    "a_b",
    "y" * 60,
    "y" * 63,
    "y" * 64,
)
ENDINGS = (
    "com",
    "org",
    "test",
    "local",
    "localhost",
    "onion",
    "arpa",
    "invalid",
    "c",
    "c0m",
    "com1",
    "co-m",
    "COM",
    "xn--p1ai",
    "com.",
    "com\n",
    " com",
)


def _by_the_library(text: str) -> str | None:
    try:
        return validate_email(
            contact.plain_signs(text),
            check_deliverability=False,
            allow_smtputf8=False,
            strict=True,
            test_environment=True,
        ).ascii_email
    except EmailNotValidError:
        return None


def _by_us(text: str) -> str | None:
    try:
        return contact.read_email(text)
    except ValueError:
        return None


def test_the_same_addresses_are_taken_and_refused() -> None:
    random = Random(7)
    texts = {
        f"{random.choice(NAMES)}@{'.'.join(random.choices(LABELS, k=random.randrange(4)))}.{ending}"
        for _ in range(300)
        for ending in ENDINGS
    }
    for text in sorted(texts):
        assert _by_us(text) == _by_the_library(text), text
    with patch.object(contact, "validate_email", side_effect=AssertionError):
        for text in ("ana@example.com", "ana.b_c-d+e@mail.example.co.uk", "7@7.example"):
            assert contact.read_email(text) == text
