"""A clinician who tries to clear an unknown: refused with the reasons, asked on a call, settled, then decided."""

from collections.abc import Callable

from tests.browsing import PASSWORD
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.factories import Factory
from tests.judged import sent
from tests.people import takes

OPEN = {
    "bp_known": "no",
    "bp_top": None,
    "bp_bottom": None,
    "steroid_allergy": None,
    "aneurysm": "rather_not",
}


def test_an_unknown_is_asked_or_settled_and_never_passed_by(
    visitor: Callable[..., Visitor], site: Site
) -> None:
    with site.records() as session:
        case = sent(Factory(session), OPEN | takes("Sertraline 50 mg", "the blue ones"))
        address = f"/review/{case.id}"
    clinician = visitor()
    clinician.sign_in(site.clinician, PASSWORD)
    row = clinician.page.locator("tbody tr").first.inner_text()
    assert "NOT KNOWN" in row.upper()
    assert "Not known: " in row
    clinician.go(address)
    page = clinician.page

    # "Suitable" is refused, with a link to each line that is open.
    clinician.type({"outcome": ["suitable"], "note": ["All well"]})
    clinician.press("Record the decision")
    assert "an unknown is not a no" in clinician.words
    assert page.locator('[name="note"]').last.input_value() == "All well"
    page.locator("#decision ~ .fr-warning a", has_text="steroid").click()
    assert page.evaluate("location.hash") == "#ask-steroid-allergy"

    # The script: a follow-up opens as its question is answered, a name is put right, one stays unknown.
    follow_up = page.locator('[data-question="steroid_reaction"]')
    assert not follow_up.is_visible()
    page.locator('[name="steroid_allergy"][value="yes"]').check()
    assert follow_up.is_visible()
    page.locator('[name="steroid_allergy"][value="no"]').check()
    assert not follow_up.is_visible()
    page.locator('[name="bp_known"][value="yes"]').check()
    clinician.type(
        {"bp_top": ["118"], "bp_bottom": ["76"], "bp_when": ["week"], "medicines-1-med_name": ["Metformin"]}
    )
    page.locator('[name="aneurysm"][value="not_sure"]').check()
    # The refused decision with its note still stands below: the page asks before that is lost.
    page.once("dialog", lambda dialog: dialog.accept())
    clinician.press("Save the answers from this call")
    assert not page.locator(".nhsuk-error-summary").count(), clinician.words[:400]
    assert page.locator(".fr-asks > li").count() == 1
    assert "still not known" in page.locator("#ask-aneurysm-or-avm").inner_text()

    # It is settled with a reason and a note: never without.
    clinician.follow("Asked, and still not known")
    settle = page.locator("#settle-aneurysm-or-avm")
    settle.locator("summary").click()
    settle.locator('[value="unknown_accepted"]').check()
    clinician.press("Settle without an answer")
    assert "Write the reason in the note" in clinician.words
    page.locator('#settle-aneurysm-or-avm [name="note"]').fill("A scan of last year showed none")
    clinician.press("Settle without an answer")
    assert "A scan of last year showed none" in page.locator("#ask-aneurysm-or-avm").inner_text()

    clinician.type({"outcome": ["suitable"], "note": ["All asked"]})
    clinician.press("Record the decision")
    assert "Suitable to book, by" in clinician.words
    clinician.clean()
