"""Who a person is: sealed, and found by surname, e-mail and phone only through blind marks."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from app.core.act import Act
from app.models import Person, ring, unseal
from app.questionnaire.answers import STATES

_MARKS = (("surname", "last_name"), ("email", "email"), ("phone", "phone"))
_TABLE = cast(Table, Person.__table__)
_STORE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("person"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("sealed_identity", *(f"blind_{mark}" for mark, _ in _MARKS))
        }
    )
)

IDENTITY = ("first_name", "last_name", "preferred_name", "dob", "phone", "email")


def identity_of(session: Session, person: Person) -> dict[str, Any]:
    """The answers of IDENTITY that are sealed for a person, None for those without one. Raises SealBroken."""
    return dict(unseal(session, person, "sealed_identity"))


def new_person(act: Act, identity: Mapping[str, Any]) -> Person:
    """A person with a sealed identity, found by surname, e-mail and phone only through blind marks."""
    person = Person(created_at=act.now, sealed_identity=b"")
    seal_identity(act.session, person, {name: identity.get(name) for name in IDENTITY})
    act.session.add(person)
    return person


def seal_identity(session: Session, person: Person, identity: dict[str, Any]) -> None:
    """Seal the identity of a person, and set the blind marks they are found by."""
    for column, value in _columns(session, person.id, identity).items():
        setattr(person, column, value)


def store_identity(session: Session, person_id: UUID, identity: dict[str, Any]) -> None:
    """The same for a person who is in the records and was not read: in one statement."""
    values = {f"new_{column}": value for column, value in _columns(session, person_id, identity).items()}
    session.execute(_STORE, {"person": person_id, **values})


def _columns(session: Session, person_id: UUID, identity: dict[str, Any]) -> dict[str, bytes | None]:
    # To have no address, or one name only, is an answer, and neither an address nor a name.
    identity = {name: None if text in STATES else text for name, text in identity.items()}
    keys = ring(session)
    columns: dict[str, bytes | None] = {
        "sealed_identity": keys.seal("person.sealed_identity", person_id, identity)
    }
    for mark, name in _MARKS:
        text = identity.get(name)
        columns[f"blind_{mark}"] = keys.blind(mark, text) if text else None
    return columns
