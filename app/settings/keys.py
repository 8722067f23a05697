"""The keys: read from the environment or the key file, which a first run makes, and checked."""

import base64
import binascii
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from app.settings.errors import ConfigError

KEY_BYTES = 32
PLACEHOLDERS = ("change", "example", "secret", "password", "foreroom")


def read_keys(
    given: Mapping[str, str], instance: Path, database_url: str
) -> tuple[dict[int, bytes], bytes, bytes]:
    """The sealing keys (newest first), the audit chain's key and the cookies' key, all different."""
    if "FOREROOM_KEYS" in given:
        sealing = _sealing_from_text(given["FOREROOM_KEYS"])
        # Never made up beside keys that someone set: a second machine would make up others.
        for name in ("FOREROOM_AUDIT_KEY", "FOREROOM_SECRET_KEY"):
            if name not in given:
                raise ConfigError(f"{name} must be set when FOREROOM_KEYS is.")
        audit, secret = _decoded("FOREROOM_AUDIT_KEY", given["FOREROOM_AUDIT_KEY"]), b""
    elif "FOREROOM_AUDIT_KEY" in given:
        raise ConfigError("FOREROOM_KEYS must be set when FOREROOM_AUDIT_KEY is.")
    else:
        sealing, audit, secret = _keys_from_file(instance, database_url)
    if "FOREROOM_SECRET_KEY" in given:
        secret = given["FOREROOM_SECRET_KEY"].encode()
        if any(word in given["FOREROOM_SECRET_KEY"].lower() for word in PLACEHOLDERS):
            raise ConfigError("FOREROOM_SECRET_KEY is a placeholder: put 32 random bytes in its place.")
    every = [*sealing.values(), audit, secret]
    for name, key in zip(
        [*("FOREROOM_KEYS" for _ in sealing), "FOREROOM_AUDIT_KEY", "FOREROOM_SECRET_KEY"], every, strict=True
    ):
        # Random bytes of this length hold about 30 different values; 32 hexadecimal digits about 14.
        if len(key) < KEY_BYTES or len(set(key)) < 8:
            raise ConfigError(
                f"{name} holds a key that is too short or too regular: use {KEY_BYTES} random bytes."
            )
    if len(set(every)) < len(every):
        raise ConfigError("The same key is used for two purposes: each needs its own.")
    return sealing, audit, secret


def _decoded(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ConfigError(f"{name} must hold {KEY_BYTES} random bytes in base64.")
    return key


def _sealing_from_text(text: str) -> dict[int, bytes]:
    sealing: dict[int, bytes] = {}
    for part in text.split(","):
        number, colon, key = part.strip().partition(":")
        if not colon or not number.isascii() or not number.isdigit() or not 1 <= int(number) <= 255:
            raise ConfigError(
                'FOREROOM_KEYS must look like "2:KEY,1:KEY", newest first, numbered from 1 to 255.'
            )
        if int(number) in sealing:
            raise ConfigError(f"FOREROOM_KEYS has two keys with the number {int(number)}.")
        sealing[int(number)] = _decoded("FOREROOM_KEYS", key)
    return sealing


def _keys_from_file(instance: Path, database_url: str) -> tuple[dict[int, bytes], bytes, bytes]:
    path = instance / "keys.json"
    if not path.exists():
        _write_keys(path, database_url)
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigError(f"{path.name} in the instance folder can be read by others: chmod 600 it.")
        found = json.loads(path.read_text())
        sealing = {int(number): _decoded(path.name, key) for number, key in found["sealing"].items()}
        if not sealing or not all(1 <= number <= 255 for number in sealing):
            raise ValueError
        newest_first = dict(sorted(sealing.items(), reverse=True))
        return newest_first, _decoded(path.name, found["audit"]), _decoded(path.name, found["session"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ConfigError(f"{path.name} in the instance folder cannot be read as a set of keys.") from None


def _write_keys(path: Path, database_url: str) -> None:
    """Make the keys of a first run, once, even when two processes start together: for a database with nothing in it."""
    from app.core.installation import has_rows  # brings the tables along, that settings alone do without

    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or Path(url.database or "").is_file():
        try:
            lost = has_rows(database_url)
        except SQLAlchemyError:
            raise ConfigError(
                f"There is no {path.name}, and the database cannot be asked whether it is new, so none was made. Start "
                f"the database first; or put {path.name} back, or FOREROOM_KEYS."
            ) from None
        if lost and not path.exists():
            # New keys would open nothing in it, and hide that the old ones are lost.
            raise ConfigError(
                f"The database holds records but its {path.name} is not in the instance folder. Put the keys back: "
                f"{path.name} there, or FOREROOM_KEYS, FOREROOM_AUDIT_KEY and FOREROOM_SECRET_KEY."
            )
    numbers = {"sealing": {"1": _fresh()}, "audit": _fresh(), "session": _fresh()}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
        try:
            with os.fdopen(handle, "w") as file:
                json.dump(numbers, file)
                file.flush()
                os.fsync(file.fileno())
            os.link(scratch, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(scratch)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as problem:
        raise ConfigError(f"Cannot make {path.name} in the instance folder: {problem.strerror}.") from None


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
