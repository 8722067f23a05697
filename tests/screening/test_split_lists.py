"""A list of medicines typed into one box becomes entries, and no word of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choice, Group
from app.screening.medicines import normalise
from app.screening.split_lists import LONGEST, OFTEN, split_list
from app.screening.typed_names import look_up

Told = tuple[str, str, str, str]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "metformin 500 bid, lisinopril 10",
            [("metformin", "500", "twice", ""), ("lisinopril", "10", "", "")],
        ),
        (
            "1. Zoloft (sertraline) 50 mg once a day\n2) Tylenol 3 as needed\n- vitamin B12 1,000 mcg daily",
            [
                ("Zoloft (sertraline)", "50 mg", "once", ""),
                ("Tylenol 3", "", "as_needed", ""),
                ("vitamin B12", "1,000 mcg", "once", ""),
            ],
        ),
        (
            "metformina 500 mg cada 12 horas, losartán 50 mg una vez al día para la presión",
            [("metformina", "500 mg", "twice", ""), ("losartán", "50 mg", "once", "la presión")],
        ),
        (
            "gabapentin 300 mg tid for back pain; Ozempic 0.5 mg weekly",
            [("gabapentin", "300 mg", "three_plus", "back pain"), ("Ozempic", "0.5 mg", "weekly", "")],
        ),
        (
            "atorvastatin 40 qhs, metformin and aspirin 81",
            [("atorvastatin", "40", "once", ""), ("metformin", "", "", ""), ("aspirin", "81", "", "")],
        ),
        (
            "prednisone 5 mg every other day\nAdderall 20 mg am 10 mg pm",
            [("prednisone every other day", "5 mg", "", ""), ("Adderall 20 mg am 10 mg pm", "", "", "")],
        ),
        (
            "lisinopril 10 mg, stopped last year\nProzac 20 mg\nsome weird herb",
            [
                ("lisinopril 10 mg, stopped last year", "", "", ""),
                ("Prozac", "20 mg", "", ""),
                ("some weird herb", "", "", ""),
            ],
        ),
        (
            "oxycodone 5-325 mg every 6 hours as needed\nprednisone 5 mg every other day at night",
            [
                ("oxycodone every 6 hours as needed", "5-325 mg", "", ""),
                ("prednisone every other day at night", "5 mg", "", ""),
            ],
        ),
        (
            "propranolol 10 mg bid for lithium tremor; Prozac",
            [("propranolol 10 mg bid for lithium tremor", "", "", ""), ("Prozac", "", "", "")],
        ),
        (
            "buprenorphine and naloxone 8 mg daily, Xanax prn",
            [("buprenorphine and naloxone", "8 mg", "once", ""), ("Xanax", "", "as_needed", "")],
        ),
    ],
)
def test_a_list_is_read_as_its_medicines(text: str, told: list[Told]) -> None:
    assert [(one.name, one.strength, one.often, one.reason) for one in split_list(text)] == told


@pytest.mark.parametrize(
    "text",
    ["metformin", "insulin, long acting", "sertraline 50 mg, once a day", "Tylenol, extra strength", "x, y", "",
     "oxycodone 5, for my back, when I need it", "vitamin D 1,000 IU", "metformin, " * LONGEST],
)  # fmt: skip
def test_what_is_one_medicine_or_no_list_is_left_alone(text: str) -> None:
    assert len(split_list(text)) < 2


def test_how_often_are_options_of_the_form() -> None:
    kind = INTAKE.questions["medicines"].kind
    assert isinstance(kind, Group)
    often = next(entry.kind for entry in kind.entries if entry.id == "med_often")
    assert isinstance(often, Choice)
    assert OFTEN.keys() == often.options.keys() - {"not_sure"}


NAMES = st.sampled_from(
    ["metformin", "Tylenol 3", "vitamin B12", "Zoloft (sertraline)", "omega 3", "qwertzol", "levo-T"]
)
DOSES = st.sampled_from(["", "500", "10 mg", "5-325 mg", "1,000 mcg", "2 puffs", "0.5 mg/ml", "½"])
TIMES = st.sampled_from(
    ["", "bid", "once a day", "every 6 hours as needed", "al día", "2x/day", "at night", "x3"]
)
REASONS = st.sampled_from(["", "for sleep", "para el dolor", "(stopped)", "with food"])
LISTS = st.lists(
    st.tuples(NAMES, DOSES, TIMES, REASONS).map(lambda said: " ".join(filter(None, said))),
    min_size=2,
    max_size=5,
)


@given(LISTS, st.sampled_from([", ", "\n", "; "]))
def test_no_word_is_lost_and_no_medicine_becomes_another(lines: list[str], between: str) -> None:
    text = between.join(lines)
    listed = split_list(text)
    assert normalise(" ".join(each.typed for each in listed)) == normalise(text)
    for one in listed:
        kept = normalise(f"{one.name} {one.strength} {one.reason}").split()
        said = normalise(one.typed).split()
        assert set(kept) <= set(said)
        gone = " ".join(word for word in said if word not in kept and word not in ("for", "para"))
        assert not gone or (one.often and any(pattern.search(one.typed) for pattern in OFTEN.values()))
        before, after = look_up(one.typed), look_up(one.name)
        assert ({*before.sure}, {*before.past}) == ({*after.sure}, {*after.past})
