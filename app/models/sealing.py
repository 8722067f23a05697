"""What makes a stolen database, backup or log unreadable: AES-256-GCM, bound to a place and a row.

A sealed value is: version byte, key number byte, 12-byte nonce, ciphertext and tag. The table, the column
and the row go in as associated data, so a value copied to another place opens there no more.
"""

import hmac
import os
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

JSON: TypeAlias = Any
"""None, bool, int, float, str, a list of these, or a dict from str to these."""

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
HEAD_BYTES = 2 + NONCE_BYTES
FINGERPRINT_BYTES = 16
BLIND_BYTES = 3  # 16 million values: enough to find a person by, too few to tell whom a stolen one means


class SealBroken(Exception):
    """A sealed value was altered, moved to another place, or sealed with a key that is not in the ring."""


def fingerprint(key: bytes, name: str) -> bytes:
    """A short hash that a random key is recognised by, and that gives nothing of the key away."""
    return hmac.digest(key, f"foreroom fingerprint|{name}".encode(), "sha256")[:FINGERPRINT_BYTES]


class KeyRing:
    """The keys that open what was sealed, by number; the newest seals."""

    def __init__(self, keys: Mapping[int, bytes], newest: int) -> None:
        """Take 32-byte keys numbered 1 to 255; raise ValueError for anything else."""
        if newest not in keys or not all(1 <= number <= 255 for number in keys):
            raise ValueError("Keys are numbered from 1 to 255, and the newest must be one of them.")
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise ValueError(f"A sealing key has {KEY_BYTES} bytes.")
        self.newest = newest
        self._keys = dict(keys)
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._derived_keys: dict[tuple[int, str], bytes] = {}

    def seal(self, place: str, row: UUID, value: JSON) -> bytes:
        """Seal `value` for one place ("table.column") of one row.

        Raises TypeError for what JSON cannot hold. Every call gives other bytes.
        """
        nonce = os.urandom(NONCE_BYTES)
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        sealed = self._ciphers[self.newest].encrypt(nonce, text, _context(self.newest, place, row))
        return bytes((VERSION, self.newest)) + nonce + sealed

    def open(self, place: str, row: UUID, sealed: bytes) -> JSON:
        """Give back what was sealed for this place of this row; raise SealBroken for anything else."""
        if len(sealed) < HEAD_BYTES or sealed[0] != VERSION:
            raise SealBroken(f"{place} of {row} does not hold a sealed value.")
        number = sealed[1]
        cipher = self._ciphers.get(number)
        if cipher is None:
            raise SealBroken(f"{place} of {row} was sealed with key {number}, which is not in the ring.")
        try:
            text = cipher.decrypt(sealed[2:HEAD_BYTES], sealed[HEAD_BYTES:], _context(number, place, row))
        except InvalidTag:
            raise SealBroken(f"{place} of {row} was altered, or moved there from elsewhere.") from None
        try:
            return orjson.loads(text)
        except ValueError:
            raise SealBroken(f"{place} of {row} holds something that was not sealed here.") from None

    def fingerprints(self) -> dict[int, bytes]:
        """The fingerprint of each key by its number, and so of every key that is derived from it."""
        return {number: fingerprint(key, "sealing") for number, key in self._keys.items()}

    def blind(self, purpose: str, text: str) -> bytes:
        """A short keyed mark to store beside a sealed text, so that the text can be found again.

        Different texts may share a mark: a search opens what it found and compares again. Upper and
        lower case, spaces and punctuation do not count.
        """
        return self._mark(self.newest, purpose, text)

    def blinds(self, purpose: str, text: str) -> list[bytes]:
        """The marks of `text` under every key of the ring, to search by while keys are being changed."""
        return [self._mark(number, purpose, text) for number in self._keys]

    def mac(self, purpose: str, text: str) -> bytes:
        """A keyed hash, whole, of a text that is easily guessed: to be compared soon, and never searched by."""
        return hmac.digest(self._derived(self.newest, f"foreroom mac|{purpose}"), text.encode(), "sha256")

    def _mark(self, number: int, purpose: str, text: str) -> bytes:
        key = self._derived(number, f"foreroom blind index|{purpose}")
        return hmac.digest(key, _normal(text).encode(), "sha256")[:BLIND_BYTES]

    def _derived(self, number: int, info: str) -> bytes:
        """A key for one purpose alone."""
        key = self._derived_keys.get((number, info))
        if key is None:
            key = HKDF(SHA256(), KEY_BYTES, salt=None, info=info.encode()).derive(self._keys[number])
            self._derived_keys[number, info] = key
        return key


def _context(number: int, place: str, row: UUID) -> bytes:
    return b"%b%b" % (_prefix(number, place), str(row).encode())


@lru_cache
def _prefix(number: int, place: str) -> bytes:
    if not re.fullmatch(r"[a-z_]+\.[a-z_]+", place):
        raise ValueError("A place is written table.column.")
    return f"{VERSION}|{number}|{place}|".encode()


def _normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", folded)))
