"""How long the form takes: what the task list and the start page say, and what is measured, without anybody's row."""

import re
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from flask import Flask
from hypothesis import given
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.intake.draft import Draft
from app.intake.form.timing import ENOUGH, LONGEST, measured_rows, minutes_left, seconds_left
from app.intake.progress import Progress
from app.models import WHOLE_FORM, PageTime
from app.questionnaire.countries import Country
from app.questionnaire.intake import INTAKE
from app.questionnaire.timing import PROMISED, seconds
from app.web.extensions import db
from tests import databases
from tests.browsing import token, unmarked
from tests.factories import NOW
from tests.intake.answers import signature_fields
from tests.intake.patient import Clock, Patient
from tests.people import HEALTHY, ON, Answers, but
from tests.questionnaire.test_timing import STORED
from tests.strategies import steady
from tests.waiting import LONGEST_WAIT, run_together

UNSIGNED = but(HEALTHY, {"agree_screen": None, "sign_name": None})


def left(patient: Patient) -> str | None:
    """What the task list says of the time, None for nothing."""
    found = re.search(r"(About \d+ minutes?|Less than a minute) left", patient.open("/intake/").words)
    return found and found[0]


def minutes(said: str | None) -> int:
    number = re.search(r"\d+", said or "")
    return int(number[0]) if number else 0


def measured(session: Session) -> dict[tuple[str, int], tuple[int, float]]:
    session.commit()
    return {
        (row.page, row.minutes): (row.count, row.seconds)
        for row in session.scalars(select(PageTime).execution_options(populate_existing=True))
    }


def fill(patient: Patient, each: float = 20) -> None:
    """Fill in every page, each of them in so many seconds, and sign."""
    for page in patient_pages(patient):
        patient.clock.wait(seconds=each)
        assert patient.save(page, UNSIGNED).status == 303
    patient.clock.wait(seconds=each)
    assert patient.sign().path == "/intake/confirmation"


def patient_pages(patient: Patient) -> list[str]:
    reading = Progress.of(Draft(dict(UNSIGNED)), patient.clock.today, Country.US)
    return [page.id for page in INTAKE.pages[1:-1] if reading.is_asked(page)]


# ---- What is said


def test_the_time_left_never_rises_while_a_healthy_person_fills_it_in(patient: Patient) -> None:
    said = [left(patient)]
    assert minutes(said[0]) in (PROMISED - 1, PROMISED), "as the start page says"
    for page in patient_pages(patient):
        patient.clock.wait(seconds=20)
        assert patient.save(page, UNSIGNED).status == 303
        said.append(left(patient))
    numbers = [minutes(each) for each in said]
    assert numbers == sorted(numbers, reverse=True)
    assert "Less than a minute left" in said
    assert said[-1] is None, "nothing is left but to check and send"


@pytest.mark.parametrize(
    ("took", "said"),
    [(59, "Less than a minute left"), (61, "About 1 minute left"), (89, "About 1 minute left"),
     (91, "About 2 minutes left"), (600, "About 10 minutes left")],
)  # fmt: skip
def test_minutes_are_said_as_people_say_them(patient: Patient, took: int, said: str) -> None:
    patient.have(UNSIGNED, saved={page.id: 1 for page in INTAKE.pages if page.id != "pregnancy"})
    patient.session.add(
        PageTime(kind="intake", page="pregnancy", minutes=0, count=ENOUGH, seconds=took * ENOUGH)
    )
    assert left(patient) == said
    patient.save("pregnancy", UNSIGNED)
    assert left(patient) is None


@steady
@given(STORED)
def test_what_is_left_is_the_sum_over_the_pages_still_open(answers: Answers) -> None:
    saved = {page.id: 1 for page in INTAKE.pages[:12]}
    progress = Progress.of(Draft(dict(answers), saved), ON, Country.US)
    pages = list(progress.open_pages())
    whole = sum(seconds(p, progress.reading) for p in INTAKE.pages)
    to_come = max(1, 60 * PROMISED / whole)
    assert seconds_left(progress, {}) == pytest.approx(
        to_come * sum(seconds(p, progress.reading, to_do=True) for p in pages)
    )
    means = dict.fromkeys((page.id for page in INTAKE.pages), 60.0)
    assert seconds_left(progress, means) == pytest.approx(60 * len(pages))
    assert minutes_left(progress, means) == (len(pages) or None)


def test_a_page_is_reckoned_as_measured_once_enough_have_it(patient: Patient) -> None:
    page = INTAKE.page("phq9")
    assert page
    modelled = minutes(left(patient))
    patient.session.add(
        PageTime(kind="intake", page="phq9", minutes=0, count=ENOUGH - 1, seconds=600 * (ENOUGH - 1))
    )
    assert minutes(left(patient)) == modelled
    row = patient.session.get_one(PageTime, ("intake", "phq9", 0))
    row.count, row.seconds = ENOUGH, 600 * ENOUGH
    assert minutes(left(patient)) - modelled in (8, 9, 10)


def test_the_start_page_says_the_median_once_enough_were_sent(someone: Patient) -> None:
    default = f"About {PROMISED} minutes. Up to 30 with many medicines"
    assert default in someone.open("/").words
    for minute, count in ((9, 10), (14, 5), (21, 14)):
        someone.session.add(
            PageTime(kind="intake", page=WHOLE_FORM, minutes=minute, count=count, seconds=count * minute * 60)
        )
    someone.session.add(PageTime(kind="ready", page=WHOLE_FORM, minutes=3, count=99, seconds=99 * 180))
    assert default in someone.open("/").words
    someone.session.add(PageTime(kind="intake", page=WHOLE_FORM, minutes=44, count=7, seconds=7 * 2640))
    assert "About 21 minutes. Up to 44 with" in someone.open("/").words


# ---- What is measured


def test_a_form_that_is_sent_adds_its_pages_and_keeps_no_trace(patient: Patient) -> None:
    fill(patient)
    found = measured(patient.session)
    pages = [*patient_pages(patient), "sign"]
    assert {page for page, _ in found} == {*pages, WHOLE_FORM}
    assert all(found[page, 0] == (1, 20) for page in pages)
    start = INTAKE.pages[0]
    progress = Progress.of(patient.draft, patient.clock.today, Country.US)
    ((whole, (count, took)),) = [(key, row) for key, row in found.items() if key[0] == WHOLE_FORM]
    assert took == pytest.approx(20 * len(pages) + seconds(start, progress.reading))
    assert (whole[1], count) == (round(took / 60), 1)
    assert (patient.draft.page_seconds, patient.draft.page_clock) == ({}, None)


def test_a_form_that_is_not_sent_adds_nothing(patient: Patient) -> None:
    for page in patient_pages(patient):
        patient.clock.wait(seconds=20)
        patient.save(page, UNSIGNED)
    assert patient.draft.page_seconds["reasons"] == 20
    assert patient.sign("").status == 422
    assert measured(patient.session) == {}


@pytest.mark.parametrize(
    ("wait", "counted"), [(0.9, None), (1, 1), (600, 600), (600.5, None), (timedelta(days=2), None)]
)
def test_a_pause_is_not_counted_nor_what_nobody_can_have_read(
    patient: Patient, wait: float | timedelta, counted: float | None
) -> None:
    patient.clock.wait(seconds=wait.total_seconds() if isinstance(wait, timedelta) else wait)
    if isinstance(wait, timedelta):
        patient.start()
    patient.save("right_now", UNSIGNED)
    assert patient.draft.page_seconds.get("right_now") == counted


def test_a_page_to_be_mended_runs_on_from_when_it_was_first_shown(patient: Patient) -> None:
    patient.save("right_now", UNSIGNED)
    patient.clock.wait(seconds=30)
    assert patient.save("begin", {}).status == 422
    patient.clock.wait(seconds=15)
    patient.save("begin", UNSIGNED)
    assert patient.draft.page_seconds["begin"] == 45


def test_another_medicine_is_still_the_same_page(patient: Patient) -> None:
    patient.have(UNSIGNED, saved={page.id: 1 for page in INTAKE.pages[1:-1] if page.id != "medicines"})
    before = INTAKE.pages[INTAKE.pages.index(INTAKE.page_of("medicines")) - 1].id
    patient.save(before, UNSIGNED)
    for _ in range(3):
        patient.clock.wait(seconds=25)
        assert patient.save("medicines", UNSIGNED, add="medicines").status == 200
    patient.clock.wait(seconds=5)
    patient.save("medicines", UNSIGNED)
    assert patient.draft.page_seconds["medicines"] == 80


def test_a_page_that_was_stopped_at_is_not_timed_over_the_pause(patient: Patient) -> None:
    patient.save("right_now", UNSIGNED)
    patient.clock.wait(seconds=30)
    patient.save("begin", UNSIGNED, later="yes")
    patient.clock.wait(seconds=300)
    patient.save("you", UNSIGNED)
    assert patient.draft.page_seconds == {}


def test_reading_help_is_not_the_time_of_the_next_page(patient: Patient) -> None:
    answers = UNSIGNED | {"urgent_now": ["breathing"]}
    patient.clock.wait(seconds=10)
    assert patient.save("right_now", answers).path == "/intake/help/emergency"
    patient.clock.wait(seconds=200)
    patient.send("/intake/help/emergency", answer="carry_on")
    patient.clock.wait(seconds=12)
    patient.save("begin", UNSIGNED)
    assert patient.draft.page_seconds == {"right_now": 10, "begin": 12}


def test_a_form_with_many_pages_unmeasured_says_nothing_of_the_whole(patient: Patient) -> None:
    patient.have(UNSIGNED, page_seconds={"phq9": 50.0})
    patient.sign()
    assert measured(patient.session) == {("phq9", 0): (1, 50)}


def test_the_longest_are_counted_as_one(patient: Patient) -> None:
    took = dict.fromkeys(patient_pages(patient), 600.0)
    patient.have(UNSIGNED, page_seconds=took, saved={page.id: 1 for page in INTAKE.pages})
    patient.sign()
    assert (WHOLE_FORM, LONGEST) in measured(patient.session)


# ---- Many at once


def test_whoever_adds_locks_the_rows_in_one_order() -> None:
    """Two that lock the same rows in other orders wait for each other for ever."""
    pages = [page.id for page in INTAKE.pages]
    orders = [
        [
            row["page"]
            for row in measured_rows(
                Draft(page_seconds=dict.fromkeys(order, 9.0)), Progress.of(Draft(), ON, Country.US).reading
            )
        ]
        for order in (pages, pages[::-1])
    ]
    assert orders[0] == orders[1]
    assert len(orders[0]) > len(pages)


def test_many_sent_at_once_lose_no_count_and_each_adds_in_one_statement(own_app: Flask) -> None:
    with own_app.app_context():
        url, maker, engine = own_app.config["SETTINGS"].database_url, db.sessionmaker, db.engine
    statements: list[tuple[str, bool]] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(*details: object) -> None:
        if "INTO page_time" in str(details[2]):
            statements.append((str(details[2]), bool(details[5])))

    with databases.engine_for(url) as beside, maker(bind=beside) as session:
        patients = [Patient(own_app.test_client(), session, Clock(NOW)) for _ in range(8)]
        pages: list[str] = []
        for number, each in enumerate(patients):
            each.start()
            pages = patient_pages(each)
            # In another order each: whoever locked them as they come would wait for one another for ever.
            took = dict.fromkeys(pages if number % 2 else pages[::-1], 10.0)
            each.have(UNSIGNED, page_seconds=took, saved={page.id: 1 for page in INTAKE.pages})
        fields = [
            {
                "submission": str(each.case.submission_id),
                "csrf_token": token(each.client),
                **signature_fields(),
            }
            for each in patients
        ]
        session.commit()
        barrier = Barrier(len(patients))
        places: list[str] = []

        def send(number: int) -> None:
            barrier.wait(LONGEST_WAIT)
            response = patients[number].client.post("/intake/sign", data=fields[number])
            places.append(unmarked(str(response.headers.get("Location"))))

        run_together([partial(send, number) for number in range(len(patients))])
        assert places == ["/intake/confirmation"] * len(patients)
        found = measured(session)
        assert all(found[page, 0] == (len(patients), 80.0) for page in pages)
        assert sum(count for (page, _), (count, _) in found.items() if page == WHOLE_FORM) == len(patients)
        assert len(statements) == len(patients)
        assert all(many for _, many in statements)
