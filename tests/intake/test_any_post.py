"""Whatever is posted, in whatever order: no page fails, nothing is stored that its question would refuse, and each
thing to mend leads to its field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app.questionnaire.all_forms import FORMS
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import accept_answer
from app.questionnaire.pages import Page
from app.questionnaire.reading import Reading
from app.screening.workflow import Status
from tests.browsing import case_field, token
from tests.intake.mending import check_mending
from tests.intake.patient import Patient
from tests.people import GOT_READY, HEALTHY, Answers, but
from tests.strategies import UNWELL, examples, left_over_and_all, posted

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

EXAMPLES = examples(240)
FORM = "application/x-www-form-urlencoded"
PAGES = [page for page in INTAKE.pages if page.id != "start"]
HELP = [f"help/{name}" for name in ("crisis_now", "number_check", "under_age", "emergency", "x")]

# What buttons and hidden fields post, right and wrong.
controls = st.dictionaries(
    st.sampled_from("version opened add remove later ask_me submission kept_name callback answer".split()),
    st.lists(
        st.sampled_from(
            ["", "0", "1", "7", "-1", "99999999999", "yes", "today", "keep", "medicines", "medicines-0",
             "allergies-3", "medicines-²", "allergies--1", "seizure_last", "\x00", "x" * 9_999]
        ),
        min_size=1,
        max_size=2,
    ),
    max_size=4,
)  # fmt: skip


def form_of(page: Page) -> st.SearchStrategy[tuple[str, Mapping[str, Sequence[str]]]]:
    """A page's form with odd values, with fields of another page among them, and any of the buttons pressed."""
    elsewhere = st.sampled_from(PAGES).flatmap(posted)
    several = st.tuples(posted(page), elsewhere | st.just({}), controls)
    return several.map(lambda parts: (page.id, {**parts[1], **parts[0], **parts[2]}))


helped = st.tuples(st.sampled_from(HELP), controls)
steps = st.lists(st.sampled_from(PAGES).flatmap(form_of) | helped, min_size=1, max_size=3)
begun = st.sampled_from([{}, HEALTHY, UNWELL]) | left_over_and_all


def check_stored(patient: Patient, before: Answers) -> Answers:
    """Every answer stored since `before` is asked of this person, and is one that its question takes as it stands."""
    answers = patient.draft.answers
    assert answers.keys() <= INTAKE.questions.keys()
    reading = Reading(INTAKE, answers, patient.clock.today)
    for name, answer in answers.items():
        question = INTAKE.questions[name]
        assert accept_answer(question, answer, patient.clock.today) == answer, name
        if before.get(name) != answer:
            assert reading.shown(name) or answer == "ask_me" or name == "callback", name
            for other in INTAKE.page_of(name).questions:
                other.kind.check_together(other, answers)
    assert patient.case.status in (Status.DRAFT, Status.SUBMITTED)
    return answers


def post_raw(patient: Patient, path: str, body: bytes) -> TestResponse:
    """Send a body as it is, and look at the page that comes back when it leads elsewhere."""
    patient.session.commit()
    response = patient.client.post(path, data=body, content_type=FORM)
    if response.status_code == 303:
        response = patient.client.get(response.headers["Location"])
    return response


def test_no_post_breaks_a_page_or_the_answers(someone: Patient) -> None:
    taken = refused = 0

    @settings(
        deadline=None,
        max_examples=EXAMPLES,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(begun, steps)
    def whatever(before: Answers, path_taken: list[tuple[str, Mapping[str, Sequence[str]]]]) -> None:
        nonlocal taken, refused
        someone.client.delete_cookie("foreroom")
        someone.start()
        someone.have(before)
        answers = before
        for place, fields in path_taken:
            given_fields = {"csrf_token": [token(someone.client)], **case_field(someone.client), **fields}
            body = urlencode(given_fields, doseq=True, errors="surrogatepass").encode()
            response = post_raw(someone, f"/intake/{place}", body)
            status = response.status_code
            assert status < 500, place
            taken, refused = taken + (status == 200), refused + (status in (400, 409, 413, 422))
            if status == 422:
                check_mending(response.text)
            answers = check_stored(someone, answers)

    whatever()
    # It would prove nothing if every form were turned away at the door, or none.
    assert taken > EXAMPLES // 10
    assert refused > EXAMPLES // 10


def test_no_body_breaks_the_pages_that_check_their_own_token(patient: Patient) -> None:
    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.binary(max_size=120),
        st.sampled_from(["/", "/i/x", "/intake/you", "/intake/medicines", "/intake/sign"]),
    )
    def whatever(body: bytes, path: str) -> None:
        assert post_raw(patient, path, body).status_code < 500

    whatever()
    check_stored(patient, {})


def test_the_check_finds_a_value_that_no_question_takes(patient: Patient) -> None:
    """The negative control."""
    for name, answer in (
        ("urgent_now", ["dragons"]),
        ("bp_top", "120"),
        ("goals", "x" * 501),
        ("nobody", "asked"),
    ):
        patient.have(HEALTHY | {name: answer})
        try:
            check_stored(patient, {})
        except (AssertionError, ValueError):
            continue
        raise AssertionError(f"{name} was overlooked")


@pytest.mark.parametrize("form", FORMS)
def test_each_thing_to_mend_leads_to_its_field(patient: Patient, form: FormKind) -> None:
    """Whatever is typed on a page of any form, and however often it is sent again."""
    asks = FORMS[form].asks
    pages = [page for page in asks.pages if page.id != "start"]
    mended = 0
    if form is FormKind.READY:
        patient.have(but(HEALTHY, {"agree_screen": None, "sign_name": None}))
        patient.sign()
        patient.send("/intake/next")

    @settings(
        deadline=None,
        max_examples=EXAMPLES // 2,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(
        st.sampled_from([{}, UNWELL if form is FormKind.INTAKE else GOT_READY]),
        st.sampled_from(pages).flatmap(lambda page: st.tuples(st.just(page), posted(page))),
    )
    def whatever(before: Answers, sent: tuple[Page, Mapping[str, Sequence[str]]]) -> None:
        nonlocal mended
        page, fields = sent
        own = {name: answer for name, answer in before.items() if name in asks.questions}
        patient.have(own, kind=form, earlier_answers=dict(HEALTHY) if form is FormKind.READY else {})
        seen = [question.id for question in page.questions]
        body = {"csrf_token": [token(patient.client)], "version": ["1"], **fields, "opened": seen}
        body["submission"] = [str(patient.case.submission_id)]
        for _ in range(2):
            response = post_raw(
                patient,
                f"/intake/{page.id}",
                urlencode(body, doseq=True, errors="surrogatepass").encode(),
            )
            if response.status_code != 422:
                break
            mended += check_mending(response.text)
            body["again"] = list(asks.questions)

    whatever()
    assert mended > EXAMPLES // 4


def test_the_check_finds_a_problem_that_leads_nowhere(patient: Patient) -> None:
    """The negative control."""
    page = patient.client.post(
        "/intake/you", data={"csrf_token": token(patient.client)} | case_field(patient.client)
    ).text
    asked = INTAKE.page_of("first_name").questions
    count = sum(question.required and question.show_if is None for question in asked)
    assert check_mending(page) == count
    for right, wrong in (
        ('href="#first_name"', 'href="#nobody"'),
        ('id="first_name-error"', 'id="other-error"'),
        ('aria-describedby="first_name-error"', ""),
        ('id="phone" name', 'id="first_name" name'),
        (f"Please check {count} answers", f"Please check {count - 1} answers"),
        ("<title>Error: ", "<title>"),
    ):
        assert right in page
        with pytest.raises(AssertionError):
            check_mending(page.replace(right, wrong))
