"""All parts as one: what rules read, since a rule of one part may use answers of another; and the forms they are."""

from dataclasses import dataclass

from .checkin import CHECKIN
from .form_kinds import FormKind
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

    It `asks` one questionnaire, and is read with the whole: its questions may show by answers given before.
    """

    kind: FormKind
    """Which form it is."""
    asks: Questionnaire
    """Its own questions. They are read with all others: one may show by an answer of an earlier form."""

    @property
    def part(self) -> int | str:
        """The part of the rules that it is judged by."""
        return self.kind.part

    @property
    def name(self) -> str:
        """What patients and staff call it."""
        return self.kind.word


FORMS = {
    form.kind: form
    for form in (
        Form(FormKind.INTAKE, INTAKE),
        Form(FormKind.READY, READY),
        Form(FormKind.CHECK_IN, CHECKIN),
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
