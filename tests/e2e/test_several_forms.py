"""The page of a case has several forms: what was typed in one is not lost, unasked, when another is sent."""

from collections.abc import Callable

from playwright.sync_api import Dialog
from sqlalchemy import select

from app.models import ContactAttempt, Decision
from tests.browsing import PASSWORD
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.factories import Factory
from tests.judged import sent


def test_sending_one_form_asks_before_what_another_holds_is_lost(
    visitor: Callable[..., Visitor], site: Site
) -> None:
    with site.records() as session:
        case = sent(Factory(session), {"chemo_now": "yes", "steroid_allergy": "not_sure"})
        address = f"/review/{case.id}"
    clinician = visitor()
    clinician.sign_in(site.clinician, PASSWORD)
    clinician.go(address)
    page, yes = clinician.page, False
    asked: list[str] = []
    kinds: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        kinds.append(dialog.type)
        (dialog.accept if yes else dialog.dismiss)()

    page.on("dialog", answer)

    # Nothing typed elsewhere: nothing is asked, also where something was typed and taken away again.
    decision = page.locator("#note")
    decision.fill("Half")
    decision.fill("")
    clinician.press("Take this case")
    assert "Yours." in clinician.words
    assert asked == []

    # Every other form is asked about first, and nothing is sent when the answer is no.
    decision.fill("A long note on the decision")
    page.get_by_text("Write down a call", exact=True).last.click()
    page.locator("#outcome-call").check()
    for button in ("Save this call", "Save the answers from this call", "Sign out"):
        page.get_by_role("button", name=button, exact=True).click()
        assert "“Record the decision”" in asked.pop()
        assert decision.input_value() == "A long note on the decision"
    assert page.evaluate("document.activeElement.textContent").strip() in (
        "Record the decision",
        "Save this call",
    )
    assert clinician.path == address

    # A link leads nowhere either before the browser has asked.
    page.get_by_role("link", name="Back to the queue").first.click()
    assert kinds.pop() == "beforeunload"
    asked.clear()
    assert clinician.path == address
    assert decision.input_value() == "A long note on the decision"

    # What the server gave back to be mended counts as typed: it is saved nowhere.
    page.locator("#outcome-call").evaluate("radio => { radio.checked = false }")
    clinician.press("Record the decision")
    assert asked == []
    assert "Pick a decision" in clinician.words
    page.get_by_text("Write down a call", exact=True).last.click()
    page.locator("#outcome-call").check()
    page.get_by_role("button", name="Save this call", exact=True).click()
    assert "“Record the decision”" in asked.pop()
    assert decision.input_value() == "A long note on the decision"

    # With a yes it is sent, and the text is gone as was said. A second press within the second would be none.
    yes = True
    page.locator("#outcome-call").evaluate("radio => radio.form.requestSubmit()")
    page.locator(".fr-calls").wait_for()
    assert len(asked) == 1
    assert decision.input_value() == ""
    clinician.clean()
    with site.records() as session:
        assert len(session.scalars(select(ContactAttempt)).all()) == 1
        assert not session.scalars(select(Decision)).all()
