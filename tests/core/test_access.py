"""Who may do what, and whose records they see."""

from uuid import uuid4

from sqlalchemy.orm import Session

from app.core.access import ROLES, Actor, Permission, cases_for, patient_case, permissions
from app.models.staff import ROLE_NAMES
from app.screening.workflow import Status
from tests.factories import NOW, Factory


def staff(*roles: str) -> Actor:
    return Actor("staff", uuid4(), permissions(roles))


def test_every_role_that_can_be_stored_has_its_permissions() -> None:
    assert set(ROLES) == set(ROLE_NAMES)


def test_who_decides_does_not_export_and_who_exports_does_not_decide() -> None:
    assert ROLES["clinician"] == {Permission.REVIEW, Permission.DECIDE, Permission.INVITE}
    assert ROLES["admin"] == {Permission.EXPORT, Permission.INVITE}


def test_roles_add_up_and_an_unknown_one_allows_nothing() -> None:
    assert permissions(["clinician", "admin"]) == frozenset(Permission)
    assert permissions(["owner"]) == frozenset()
    assert permissions([]) == frozenset()


def test_clinicians_and_admins_see_every_case(make: Factory, session: Session) -> None:
    cases = {make.case().id, make.case(status=Status.DRAFT).id}
    for role in ("clinician", "admin"):
        assert {case.id for case in session.scalars(cases_for(staff(role)))} == cases


def test_nobody_else_sees_a_case_through_a_query(make: Factory, session: Session) -> None:
    case = make.case()
    for actor in (
        staff(),
        Actor("staff", uuid4(), frozenset({Permission.INVITE})),
        Actor("patient", case.id, frozenset()),
        Actor("patient", case.id, frozenset(Permission)),
        Actor("anonymous", None, frozenset(Permission)),
        Actor("system", None, frozenset(Permission)),
    ):
        assert session.scalars(cases_for(actor).where()).all() == [], actor


def test_a_patient_reaches_the_one_case_their_cookie_names(make: Factory, session: Session) -> None:
    case, _other = make.case(), make.case()
    assert patient_case(session, case.id) is case
    assert patient_case(session, uuid4()) is None
    withdrawn = make.case(status=Status.DRAFT, withdrawn_at=NOW)
    assert patient_case(session, withdrawn.id) is None
