"""Medicines that are said to be stopped: asked about, never taken and never ruled out."""

import pytest

from app.screening.typed_names import look_up


@pytest.mark.parametrize(
    "typed", ["Keflex, stopped", "used to take vitamin D", "melatonin, ya no", "Keflex last year"]
)
def test_a_harmless_medicine_that_is_stopped_is_quiet(typed: str) -> None:
    assert look_up(typed).understood
    assert look_up(typed).past == ()


@pytest.mark.parametrize(
    ("typed", "sure", "past", "unclear"),
    [
        ("stopped Zoloft", "", "sertraline", False),
        ("Zoloft, stopped in May", "", "sertraline", False),
        ("Zoloft 50 mg (discontinued)", "", "sertraline", False),
        ("used to take Zoloft but now Prozac", "fluoxetine", "sertraline", False),
        ("Prozac, no longer on Zoloft", "fluoxetine", "sertraline", False),
        ("came off Zoloft, stopped in May", "", "sertraline", False),
        ("ya no tomo Zoloft", "", "sertraline", False),
        ("I don't take Zoloft", "", "sertraline", False),
        ("Zoloft last year", "", "sertraline", False),
        ("Zoloft, started last year", "sertraline", "", False),
        ("Zoloft 2 years ago", "", "sertraline", False),
        ("Zoloft since 2 years ago", "sertraline", "", False),
        ("tried Zoloft, didn't work", "", "sertraline", False),
        ("Zoloft, not anymore", "", "sertraline", False),
        ("antes tomaba Zoloft", "", "sertraline", False),
        ("Zoloft, lo dejé", "", "sertraline", False),
        ("Zoloft to quit smoking", "sertraline", "", False),
        ("Zoloft off and on", "sertraline", "", False),
        ("Zoloft, 2 days off", "sertraline", "", False),
        ("stopped last year", "", "", True),
        ("the blue ones, stopped", "", "", True),
        ("Zoloft and blue ones, stopped", "", "sertraline", True),
    ],
)
def test_a_medicine_said_to_be_stopped_is_never_taken_and_never_ruled_out(
    typed: str, sure: str, past: str, unclear: bool
) -> None:
    found = look_up(typed)
    assert [medicine.generic for medicine in found.sure] == ([sure] if sure else [])
    assert [medicine.generic for medicine in found.past] == ([past] if past else [])
    assert found.unclear is unclear
    assert not found.understood or not past
