"""All parts as one: what rules read, since a rule of one part may use answers of another; and the forms they are."""

from dataclasses import dataclass

from .checkin import CHECKIN
from .intake import INTAKE
from .pages import Questionnaire
from .ready import READY

WHOLE = Questionnaire(
    id="ketamine",
    version=INTAKE.version,
    steps=(*INTAKE.steps, *READY.steps, *CHECKIN.steps),
    derived={**INTAKE.derived, **READY.derived, **CHECKIN.derived},
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form that a patient fills in and sends.

    `kind` is stored. It `asks` one questionnaire, and is read with the whole: its questions may show by answers given
    before. `part` is the one of the rules it is judged by; `name` is what patients and staff call it.
    """

    kind: str
    part: int | str
    asks: Questionnaire
    name: str


FORMS = {
    form.kind: form
    for form in (
        Form("intake", 1, INTAKE, "Health check"),
        Form("ready", 2, READY, "Getting ready"),
        Form("checkin", "followup", CHECKIN, "Check-in"),
    )
}
"""The forms that are asked on pages, by kind."""

NOTICES = {
    question.notice.id: question.notice
    for question in WHOLE.questions.values()
    if question.notice is not None
}
"""The texts that patients say they have read, by id."""

PARTS: dict[int | str, Questionnaire] = {form.part: form.asks for form in FORMS.values()}
"""The questionnaire of each part, by the name of the part in the case format."""
