"""Whatever is posted, in whatever order: no page fails, and nothing is stored that its question would refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import accept_answer
from app.questionnaire.pages import Page, Reading
from app.screening.workflow import Status
from tests.browsing import token
from tests.intake.patient import Patient
from tests.people import HEALTHY, Answers
from tests.strategies import UNWELL, left_over_and_all, posted

EXAMPLES = {"sqlite": 200, "postgresql": 40}
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


def post_raw(patient: Patient, path: str, body: bytes) -> int:
    """Send a body as it is, and look at the page that comes back when it leads elsewhere."""
    patient.session.commit()
    response = patient.client.post(path, data=body, content_type=FORM)
    if response.status_code == 303:
        response = patient.client.get(response.headers["Location"])
    return response.status_code


def test_no_post_breaks_a_page_or_the_answers(someone: Patient, database_kind: str) -> None:
    taken = refused = 0

    @settings(
        deadline=None,
        max_examples=EXAMPLES[database_kind],
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
            given_fields = {"csrf_token": [token(someone.client)], **fields}
            body = urlencode(given_fields, doseq=True, errors="surrogatepass").encode()
            status = post_raw(someone, f"/intake/{place}", body)
            assert status < 500, place
            taken, refused = taken + (status == 200), refused + (status in (400, 409, 413, 422))
            answers = check_stored(someone, answers)

    whatever()
    # It would prove nothing if every form were turned away at the door, or none.
    assert taken > EXAMPLES[database_kind] // 10
    assert refused > EXAMPLES[database_kind] // 10


def test_no_body_breaks_the_pages_that_check_their_own_token(patient: Patient) -> None:
    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.binary(max_size=120),
        st.sampled_from(["/", "/i/x", "/intake/you", "/intake/medicines", "/intake/sign"]),
    )
    def whatever(body: bytes, path: str) -> None:
        assert post_raw(patient, path, body) < 500

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
