"""What a healthy adult is asked on the pages of the health check, and sends: whatever questions it has tomorrow."""

from app.intake.form.forms import form_values
from app.questionnaire.intake import INTAKE
from app.questionnaire.reading import Reading
from tests.factories import NOW
from tests.people import HEALTHY, Answers


def asked_pages(answers: Answers) -> list[str]:
    """The ids of the pages behind the start page on which somebody with these answers is asked anything, in order."""
    reading = Reading(INTAKE, answers, NOW.date())
    return [page.id for page in INTAKE.pages[1:] if reading.shown_questions(page)]


def path_after(page_id: str, answers: Answers = HEALTHY) -> str:
    """Where the next page that somebody with these answers is asked lies."""
    asked = asked_pages(answers)
    return f"/intake/{asked[asked.index(page_id) + 1]}"


def page_fields(page_id: str, changes: Answers | None = None) -> dict[str, list[str]]:
    """The fields of a page as a healthy adult fills them in, with some answers changed."""
    page = INTAKE.page(page_id)
    assert page is not None
    return form_values(page, HEALTHY | (changes or {}))


def signature_fields(name: str = "Robin Ashdown") -> dict[str, list[str]]:
    """The fields of the page that is signed, as a healthy adult of this name fills them in."""
    return page_fields("sign", {"sign_name": name})
