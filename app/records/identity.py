"""Who a person is: sealed, and found by surname, e-mail and phone only through blind marks."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.act import Act
from app.models import Person, ring, seal, unseal
from app.questionnaire.answers import STATES

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
    # To have no address, or one name only, is an answer, and neither an address nor a name.
    identity = {name: None if text in STATES else text for name, text in identity.items()}
    seal(session, person, "sealed_identity", identity)
    keys = ring(session)
    for mark, name in (("surname", "last_name"), ("email", "email"), ("phone", "phone")):
        text = identity.get(name)
        setattr(person, f"blind_{mark}", keys.blind(mark, text) if text else None)
