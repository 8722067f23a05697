"""Filling in: each page is saved as it is sent, good answers first, and leads on to what is still to do."""

import re

import pytest

from app.models import Person, unseal
from app.questionnaire.intake import INTAKE
from tests.intake.answers import asked_pages
from tests.intake.patient import Patient
from tests.people import HEALTHY, but

pytestmark = pytest.mark.sqlite_alone("how pages read a form and show it again")

SAFETY_ROWS = [q.id for q in INTAKE.page_of("chemo_now").questions if q.show_if is None]


def test_the_whole_form_is_filled_in_page_by_page(patient: Patient) -> None:
    seen = patient.walk(HEALTHY)
    assert seen.heading == "Check, sign and send"
    assert patient.visited == asked_pages(HEALTHY)
    kept = but(HEALTHY, {question.id: None for question in INTAKE.pages[-1].questions})
    assert patient.draft.answers == kept
    assert patient.events.count("intake.saved") == len(patient.visited) - 1


def test_each_page_is_saved_when_it_is_sent(patient: Patient) -> None:
    for page_id in ("right_now", "begin", "reasons"):
        patient.clock.wait(minutes=1)
        patient.save(page_id, HEALTHY)
        assert page_id in patient.draft.saved
        assert patient.case.updated_at == patient.clock.now
        assert patient.facts("intake.saved")[-1] == {"page": page_id, "version": patient.case.answers_version}
    other = Patient(patient.client.application.test_client(), patient.session, patient.clock)
    with patient.client.session_transaction() as mine, other.client.session_transaction() as theirs:
        theirs.update(mine)
    assert other.open("/intake/reasons").values["goals"] == [HEALTHY["goals"]]


def test_the_task_list_says_how_far_each_step_has_come(patient: Patient) -> None:
    tasks = patient.open("/intake/").tasks
    assert set(tasks.values()) == {"To do"}
    steps = dict.fromkeys(INTAKE.step_of(page_id).name for page_id in asked_pages({}))
    assert list(tasks) == list(steps)
    assert "Pregnancy and breastfeeding" not in tasks, "it waits for the sex on the birth record"
    patient.save("right_now", HEALTHY)
    assert patient.open("/intake/").tasks["Before you start"] == "Started"
    patient.save("begin", HEALTHY)
    seen = patient.open("/intake/")
    assert seen.tasks["Before you start"] == "Done"
    assert f"1 of {len(steps)} steps done. Saved 10:30." in seen.words
    patient.save("measures", HEALTHY)
    tasks = patient.open("/intake/").tasks
    assert tasks["About your body"] == "Done"
    assert tasks["Pregnancy and breastfeeding"] == "To do"


def test_an_opened_question_makes_a_done_step_started_again(patient: Patient) -> None:
    patient.have(HEALTHY)
    assert patient.open("/intake/").tasks["Your health, head to toe"] == "Done"
    assert patient.save("head", HEALTHY | {"seizure_ever": "yes"}).location == "/intake/head#seizure_last"
    assert patient.open("/intake/").tasks["Your health, head to toe"] == "Started"


def test_continue_leads_past_what_is_done_and_back_to_what_was_left_out(patient: Patient) -> None:
    patient.have(HEALTHY, saved={page.id: 1 for page in INTAKE.pages if page.id not in ("head", "sign")})
    assert patient.save("reasons", HEALTHY).path == "/intake/head"
    assert patient.save("pregnancy", HEALTHY).path == "/intake/head", "after the last page, what was left out"
    assert patient.save("head", HEALTHY).path == "/intake/sign"


def test_pages_say_where_one_is_and_lead_back(patient: Patient) -> None:
    seen = patient.open("/intake/you")
    steps = list(dict.fromkeys(INTAKE.step_of(page_id).id for page_id in asked_pages({})))
    place = steps.index(INTAKE.step_of("you").id) + 1
    assert f"Step {place} of {len(steps)}, About you" in seen.words
    assert "/intake/begin" in seen.links
    assert "/intake/" in patient.open("/intake/right_now").links


def test_a_page_that_is_not_asked_is_not_there(patient: Patient) -> None:
    never = {page.id for page in INTAKE.pages} - set(asked_pages({}))
    assert {"suicide_more", "start"} <= never
    for page_id in (*sorted(never), "nowhere", "sign%00"):
        assert patient.open(f"/intake/{page_id}").status in (400, 404)
        assert patient.send(f"/intake/{page_id}", suicide_plan="no").status in (400, 404)
    assert "suicide_plan" not in patient.draft.answers


def test_what_is_missing_is_said_once_for_each_answer(patient: Patient) -> None:
    given = HEALTHY | {"chemo_now": None, "surgery_major": None}
    seen = patient.save("safety_rows", given)
    assert seen.status == 422
    assert seen.title == "Error: Safety checks – Oak Street Clinic"
    assert "Please check 2 answers" in seen.words
    assert seen.problems == [
        ("Pick Yes, No or Not sure for “Chemotherapy now”", "chemo_now"),
        ("Pick Yes, No or Not sure for “Brain, eye or heart surgery, ever”", "surgery_major"),
    ]
    assert {target for _, target in seen.problems} <= seen.ids
    for name in SAFETY_ROWS:
        assert seen.values.get(name) == ([given[name]] if given.get(name) else None)


def test_good_answers_are_kept_though_others_need_mending(patient: Patient) -> None:
    patient.save("safety_rows", HEALTHY | {"cancer_now": "yes", "chemo_now": None})
    assert patient.draft.answers["cancer_now"] == "yes"
    assert "chemo_now" not in patient.draft.answers
    assert patient.open("/intake/").tasks["Safety checks"] == "Started"
    assert patient.open("/intake/safety_rows").values["cancer_now"] == ["yes"]


@pytest.mark.parametrize(
    ("page_id", "fields", "problem", "target"),
    [
        ("measures", {"height-unit": "ft_in", "height-feet": "5", "height-inches": "12"},
         "You typed “12”. Inches must be 0 to 11", "height-inches"),
        ("measures", {"height-unit": "ft_in", "height-feet": "5", "height-inches": ""},
         "Enter feet and inches, like 5 feet 6 inches. Inches can be 0", "height-inches"),
        ("measures", {"weight-unit": "lb", "weight-value": "heavy"},
         "You typed “heavy”. Weight must be a number, like 160", "weight-value"),
        ("measures", {"weight-unit": "kg", "weight-value": "7"},
         "You typed “7 kg”. Weight should be from 20 to 400 kg. Check the number and the unit", "weight-value"),
        ("measures", {"bp_top": "70", "bp_bottom": "120"},
         "You typed “70/120”. The top number should be bigger than the bottom one. Check both", "bp_top"),
        ("you", {"phone": "call me"}, "You typed “call me”. Enter a phone number, like 555 010 0199", "phone"),
        ("you", {"email": "robin at home"}, "You typed “robin at home”. Enter an email like name@example.com", "email"),
        ("you", {"first_name": "R" * 81}, "First name must be 80 letters or fewer", "first_name"),
        ("you", {"dob-year": "19"}, "You typed “19”. The year must have 4 numbers, like 1985", "dob-year"),
        ("reasons", {"goals": "x" * 540}, "You have 40 letters too many. This box holds 500", "goals"),
        ("reasons", {"reasons": ["not_sure", "pain"]},
         "You picked Not sure and something else. Pick one or the other", "reasons"),
        ("phq9", {"scale_phq9-4": ""}, "Pick an answer for question 4", "scale_phq9-4"),
        ("you", {"ec_name": ""},
         "Enter the name of an adult to call in an emergency, or pick “No one I can name”", "ec_name"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_kept_in_its_box(
    patient: Patient, page_id: str, fields: dict[str, str], problem: str, target: str
) -> None:
    before = dict(patient.draft.answers)
    seen = patient.save(page_id, HEALTHY, **fields)
    assert seen.status == 422
    assert (problem, target) in seen.problems
    assert target in seen.ids
    for name, value in fields.items():
        typed = [value] if isinstance(value, str) else value
        assert sorted(seen.values.get(name, [""])) == sorted(typed)
    question = "dob" if page_id == "you" and "dob-year" in fields else target.split("-")[0]
    if problem.startswith("Pick an answer for question"):
        assert patient.draft.answers[question][3] is None, "the other lines are kept"
    else:
        assert patient.draft.answers.get(question) == before.get(question)


@pytest.mark.parametrize(
    ("page_id", "fields"),
    [
        ("right_now", {"urgent_now": ["dragons"]}),
        ("right_now", {"urgent_now": ["none", "dragons"]}),
        ("begin", {"filled_by": "the_cat"}),
        ("begin", {"filled_by": ["self", "for_patient"]}),
        ("phq9", {"scale_phq9-4": "7"}),
        ("phq9", {"scale_phq9-4": "yes"}),
        ("measures", {"height-unit": "miles", "height-value": "1", "height-feet": "5"}),
        ("measures", {"height-feet": "5", "height-inches": "9", "height-value": "170", "height-unit": ""}),
        ("you", {"ec_name": "", "ec_name-exit": "never"}),
        ("you", {"first_name": "Robin\u0007"}),
        (
            "safety_rows",
            {"allergy_any": "yes", "allergies-0-allergy_to": "nuts", "allergies-0-allergy_reaction": "joy"},
        ),
    ],
)
def test_no_value_outside_the_declaration_is_stored(
    patient: Patient, page_id: str, fields: dict[str, str]
) -> None:
    seen = patient.save(page_id, HEALTHY, **fields)
    assert seen.status == 422
    question = next(target.partition("-")[0] for _, target in seen.problems)
    good = [{"allergy_to": "nuts"}] if question == "allergies" else None
    assert patient.draft.answers.get(question) == good
    assert page_id in patient.draft.incomplete_pages


def test_a_statement_that_is_not_agreed_to_is_asked_for(patient: Patient) -> None:
    seen = patient.save("begin", but(HEALTHY, {"privacy_ok": None}))
    assert seen.problems == [
        ("Tick the box if you agree. If you don't, call us and we can help", "privacy_ok")
    ]
    assert "privacy_ok" not in patient.draft.answers


def test_what_was_saved_stands_until_something_better_comes(patient: Patient) -> None:
    patient.save("measures", HEALTHY)
    patient.save("measures", HEALTHY, **{"weight-value": "heavy"})
    assert patient.draft.answers["weight"] == HEALTHY["weight"]


def test_a_text_that_could_not_be_taken_keeps_its_page_open(patient: Patient) -> None:
    patient.have(HEALTHY)
    patient.save("reasons", HEALTHY, goals="x" * 501)
    assert patient.open("/intake/").tasks["What you want help with"] == "Started"
    assert "These parts are still to do" in patient.open("/intake/sign").words
    assert patient.sign().status == 422
    patient.save("reasons", HEALTHY)
    assert patient.open("/intake/").tasks["What you want help with"] == "Done"


def test_newly_opened_questions_come_on_the_same_page_and_are_not_errors(patient: Patient) -> None:
    seen = patient.save("measures", but(HEALTHY, {"bp_top": None, "bp_bottom": None, "bp_when": None}))
    assert (seen.status, seen.location) == (303, "/intake/measures#bp_top")
    seen = patient.open("/intake/measures")
    order = ["height", "weight", "bp_known", "bp_top", "bp_bottom", "bp_when"]
    assert [name for name in seen.in_view if name in order] == order
    assert not seen.problems
    assert patient.open("/intake/").tasks["About your body"] == "Started"
    seen = patient.save("measures", HEALTHY, bp_top="", bp_bottom="", bp_when="")
    assert [target for _, target in seen.problems] == ["bp_top", "bp_bottom", "bp_when"]
    assert patient.save("measures", HEALTHY).path == "/intake/reasons"


def test_questions_of_other_answers_on_the_page_wait_out_of_view(patient: Patient) -> None:
    seen = patient.open("/intake/measures")
    assert seen.questions["bp_top"] is False
    assert "bp_top" in seen.boxes
    seen = patient.save("measures", but(HEALTHY, {"bp_known": "no"}), bp_top="120", bp_bottom="80")
    assert seen.status == 303
    assert "bp_top" not in patient.draft.answers, "what is not asked is not taken"


def test_what_was_typed_in_a_unit_of_elsewhere_is_shown_to_be_mended(patient: Patient) -> None:
    seen = patient.save("measures", but(HEALTHY, {"weight": None}), **{"weight-stones": "twelve"})
    assert seen.status == 422
    assert "weight-stones" in [place for _, place in seen.problems]
    assert seen.values["weight-stones"] == ["twelve"]


def test_a_way_out_is_an_answer(patient: Patient) -> None:
    seen = patient.save("measures", but(HEALTHY, {"weight": "not_sure", "bp_known": "no"}))
    assert seen.status == 303
    assert patient.draft.answers["weight"] == "not_sure"
    assert patient.open("/intake/measures").values["weight-exit"] == ["not_sure"]
    seen = patient.save("measures", HEALTHY, **{"weight-exit": "not_sure"})
    assert seen.status == 422
    assert "You gave an answer and picked “Please weigh me”" in seen.problems[0][0]
    assert patient.save("measures", HEALTHY, **{"weight-value": "", "weight-exit": "ask_me"}).status == 422
    assert patient.draft.answers["weight"] == "not_sure"


def test_a_way_out_opens_nothing_further(patient: Patient) -> None:
    patient.save("you", {}, **{"ec_name-exit": "rather_not"})
    assert patient.draft.answers["ec_name"] == "rather_not"
    assert "you" in patient.draft.saved


def test_the_person_is_who_the_details_say(patient: Patient) -> None:
    patient.save("you", HEALTHY)
    person = patient.session.get_one(Person, patient.case.person_id)
    identity = unseal(patient.session, person, "sealed_identity")
    assert identity == {
        name: HEALTHY.get(name)
        for name in ("first_name", "last_name", "preferred_name", "dob", "phone", "email")
    }
    marks = [person.blind_surname, person.blind_email, person.blind_phone]
    assert all(marks)
    patient.save("you", but(HEALTHY, {"last_name": "Beech", "email": None}), **{"email-exit": "rather_not"})
    person = patient.session.get_one(Person, patient.case.person_id)
    assert person.blind_surname not in (None, marks[0])
    assert person.blind_email is None, "a way out is nobody's address"


def test_a_helper_is_told_whose_answers_these_are(patient: Patient) -> None:
    helped = {
        "filled_by": "for_patient",
        "filler_role": "typing",
        "helper_name": "Kit",
        "private_part": "alone",
    }
    patient.save("begin", HEALTHY | helped)
    assert "Answer as if you are the patient" in patient.open("/intake/you").words
    patient.save("you", HEALTHY)
    assert "Answer as if you are Robin. You means Robin." in patient.open("/intake/reasons").words
    assert "Answer as if" not in patient.open("/intake/begin").words


def test_private_pages_do_not_say_their_subject_to_passers_by(patient: Patient) -> None:
    seen = patient.open("/intake/suicide")
    assert seen.title == "Private questions – Oak Street Clinic"
    assert seen.heading == "Thoughts of ending your life"


@pytest.mark.parametrize("page_id", ["reasons", "medicines", "sign"])
def test_a_stale_token_keeps_every_typed_text(patient: Patient, page_id: str) -> None:
    patient.have(but(HEALTHY, {"goals": None, "medicines": None, "sign_name": None}))
    before = patient.draft
    typed = {
        "goals": "Walk the dog",
        "medicines-1-med_name": "Zinc",
        "meds_how": "add",
        "sign_name": "Robin A",
    }
    seen = patient.save(page_id, HEALTHY, csrf_token="old", **typed)
    assert seen.status == 422
    assert "This page was open for a long time. Your answers are still here" in seen.words
    kept = {name: value for name, value in typed.items() if name in seen.boxes and name != "meds_how"}
    assert kept
    assert all(seen.values[name] == [value] for name, value in kept.items())
    assert patient.draft == before


def test_a_detail_is_drawn_under_what_opens_it_only_where_it_stands_there(patient: Patient) -> None:
    html = patient.open("/intake/head").html
    drawn = {
        name: "fr-reveal" in classes
        for classes, name in re.findall(
            r'<div class="(nhsuk-form-group[^"]*)"[^>]*data-question="(\w+)"', html
        )
    }
    assert drawn["stroke_kind"]
    assert drawn["heart_list"]
    assert not drawn["heart_event_when"], "a heart attack opens it, too, which is two lines above"
    assert not drawn["heart_attack"]
