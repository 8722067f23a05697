"""Telephone numbers and e-mail addresses as people type them, read the same way at every door. Plain Python."""

from __future__ import annotations

import re
import unicodedata

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from rapidfuzz.distance import OSA

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x066B: ".",
    0x066C: ",",
}
_NUMBER = re.compile(rf"[{DASHES}0-9\s().,+/]+")
_EXTENSION = re.compile(
    r"[\s,;]*(?:extension|extensi[oó]n|ext|extn|interno|int|anexo|x|\#)[\s.:]*(\d{1,6})", re.IGNORECASE
)

# Where most people have their mail. A domain that is nearly one of these is more often a slip than a domain.
_USUAL = frozenset(
    "gmail.com googlemail.com yahoo.com ymail.com hotmail.com outlook.com live.com msn.com icloud.com me.com mac.com"
    " aol.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net protonmail.com proton.me"
    " gmx.com mail.com email.com hotmail.co.uk yahoo.co.uk live.co.uk outlook.co.uk btinternet.com sky.com"
    " virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk hotmail.es yahoo.es outlook.es telefonica.net"
    " yahoo.com.mx hotmail.com.mx yahoo.ca hotmail.ca hotmail.fr yahoo.fr gmx.de gmx.net web.de".split()
)
_ENDINGS = {
    slip: ending
    for ending, slips in {
        "com": "con cmo ocm cim vom xom comm coom cpm cok ckm comn coml comcom",
        "net": "nte ner nett met",
        "org": "ogr orh orgg",
        "co.uk": "couk co.ul co.u co.ku c.uk cou.k",
    }.items()
    for slip in slips.split()
}
"""Endings that nobody has, and the ones they are typed for."""
_SHORT_OF_COM = ("co", "cm", "om", "c")
"""Endings that some countries have; behind a usual name they are a slip."""


def plain_signs(text: str) -> str:
    """Return the text with digits of any script, and signs of full width, as those of the keyboard."""
    text = text.translate(_FULL_WIDTH)
    return text if text.isascii() else "".join(map(_digit, text))


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def read_phone(text: str) -> str:
    """Return a telephone number as it was typed, in plain digits, with its extension. Raises ValueError."""
    plain = plain_signs(text).strip()
    extension = _EXTENSION.search(plain)
    number = plain
    if extension is not None:
        if plain[extension.end() :].strip(" .)"):
            raise ValueError("something follows the extension")
        number = plain[: extension.start()]
    if not _NUMBER.fullmatch(number) or not 7 <= sum(sign.isdigit() for sign in number) <= 15:
        raise ValueError("not a telephone number")
    return number.strip() + (f" ext {extension[1]}" if extension else "")


def dialled(phone: str) -> str:
    """Return what a telephone dials for a number that `read_phone` returned: digits, a plus, and a pause to dial on."""
    number, _, extension = phone.partition(" ext ")
    abroad = number.lstrip(" (").startswith("+")
    digits = ("+" if abroad else "") + re.sub(r"\D", "", number.replace("(0)", "") if abroad else number)
    return f"{digits},{extension}" if extension else digits


# The library accepts these as they are, for twenty times as much: no label can be too long or end with a dash.
_PLAIN_EMAIL = re.compile(
    r"(?=.{1,64}\Z)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+"
    rf"(?!(?:{'|'.join(SPECIAL_USE_DOMAIN_NAMES)})\Z)[a-z]+"
)


def read_email(text: str) -> str:
    """Return an e-mail address as the mail server is given it: one address, in plain letters. Raises ValueError."""
    if _PLAIN_EMAIL.fullmatch(text):
        return text
    try:
        found = validate_email(
            plain_signs(text),
            check_deliverability=False,
            allow_smtputf8=False,
            strict=True,
            test_environment=True,
        )
        return found.ascii_email or ""
    except EmailNotValidError as problem:
        raise ValueError(str(problem)) from None


def likely_email(address: str) -> str | None:
    """Return the address that was probably meant, when this one looks like a slip; else None."""
    name, _, domain = address.rpartition("@")
    label, _, ending = domain.lower().partition(".")
    ended = _ENDINGS.get(ending, ending)
    if ending in _SHORT_OF_COM and f"{label}.com" in _USUAL:
        ended = "com"
    meant = f"{_usual_label(label, ended)}.{ended}"
    return f"{name}@{meant}" if meant != domain.lower() else None


def _usual_label(label: str, ending: str) -> str:
    """The name of a usual domain with this ending that `label` nearly is, else `label`."""
    usual = [known.partition(".")[0] for known in sorted(_USUAL) if known.partition(".")[2] == ending]
    if label in usual or len(label) < 4:
        return label
    most = 1 if len(label) < 7 else 2
    distance, nearest = min(
        ((OSA.distance(label, known), known) for known in usual), default=(most + 1, label)
    )
    return nearest if distance <= most else label
