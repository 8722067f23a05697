"""The texts that a patient says they have read: sourced, true of this program, and never changed under one version."""

import csv
from pathlib import Path

import pytest

from app.questionnaire.all_forms import NOTICES, WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.durations import FORM_KEPT
from app.questionnaire.how_used import HOW_USED
from app.questionnaire.key_facts import KEY_FACTS
from app.questionnaire.kinds import Statement
from app.questionnaire.notices import Notice, hash_of_text
from app.screening.sources import SOURCES
from app.web.language import translator_for

SHOWN = Path(__file__).with_name("data") / "notices.csv"
READ_AS = [(Country.US, "en"), (Country.UK, "en_GB"), (Country.US, "es"), (Country.UK, "es")]
A_SCREEN = {"en": 312, "es": 335}
"""Words, headings among them: what a desk's screen holds."""
A_PHONE = 122
"""Words: what the first screen of a phone holds, with what is folded there as its heading alone."""

each = pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES.keys())


def texts(notice: Notice, country: Country, locale: str = "en") -> list[str]:
    return [line for passage in notice.shown(country, translator_for(locale)) for line in passage.lines]


def words(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines)


@each
@pytest.mark.parametrize(("country", "locale"), READ_AS)
def test_no_text_changes_without_a_new_version(notice: Notice, country: Country, locale: str) -> None:
    """A version was shown to people, and signed. Every line of the table stays as it is; a new version adds its own."""
    translate = translator_for(locale)
    found = hash_of_text(translate(notice.title), notice.shown(country, translate))
    with SHOWN.open(encoding="utf-8", newline="") as file:
        known = {tuple(row[:4]): row[4] for row in csv.reader(file)}
    line = (notice.id, notice.version, country, locale)
    assert line in known, f"A new version: add {','.join((*line, found))} to {SHOWN.name}"
    assert known[line] == found, (
        f"{notice.title} ({country}, {locale}) reads otherwise: give it a new version"
    )


@each
def test_every_source_is_known_and_what_is_claimed_of_a_medicine_has_one(notice: Notice) -> None:
    for country in (Country.US, Country.UK):
        assert set(notice.sources(country)) <= SOURCES.keys()
    claims = [line for passage in KEY_FACTS.passages for line in passage.lines]
    assert [line.text for line in claims if not line.sources] == [
        "Ask us anything. You can say no at any time before a dose."
    ]


@each
@pytest.mark.parametrize("country", [Country.US, Country.UK])
def test_it_is_short_and_whole(notice: Notice, country: Country) -> None:
    assert all(passage.lines for passage in notice.shown(country))
    for locale, most in A_SCREEN.items():
        translate = translator_for(locale)
        shown = notice.shown(country, translate)
        whole = words(
            [translate(notice.title), *(part for each in shown for part in (each.heading, *each.lines))]
        )
        assert whole < most, (locale, whole)
        first = [translate(notice.title)]
        for each, passage in zip(shown, notice.passages, strict=True):
            first += [each.heading, *(() if passage.folds else each.lines)]
        assert words(first) < A_PHONE, (locale, words(first))


@pytest.mark.parametrize("country", [Country.US, Country.UK])
def test_the_key_facts_leave_out_nothing_that_matters(country: Country) -> None:
    told = " ".join(texts(KEY_FACTS, country)).lower()
    for subject in (
        "low mood can lift", "does not work for everyone", "common", "dizzy", "blood pressure",
        "breathing", "bladder", "liver", "hard to stop", "suicide",
        "do not drive", "other treatments", "off-label", "never stop or change a medicine", "pregnant", "say no",
    ):  # fmt: skip
        assert subject in told, subject
    assert ("FDA" in " ".join(texts(KEY_FACTS, country))) is (country == Country.US)
    assert ("licence" in told) is (country == Country.UK)


def test_what_is_said_of_answers_is_what_the_program_does() -> None:
    told = " ".join(texts(HOW_USED, Country.US))
    assert f"unsent for {FORM_KEPT.days} days" in told
    assert "Administrators" in told
    assert "take all records out" in told
    assert "Office for Civil Rights" in told
    assert "Information Commissioner" in " ".join(texts(HOW_USED, Country.UK))
    assert "agree_research" not in [q.id for q in WHOLE.questions.values() if q.show_if is None]


def test_whatever_is_ticked_as_read_can_be_read() -> None:
    said = [q for q in WHOLE.questions.values() if isinstance(q.kind, Statement) and "I have read" in q.text]
    assert {q.id for q in said} == {"privacy_ok", "agree_facts"}
    assert all(question.notice for question in said)


def test_nothing_tells_a_patient_that_only_their_care_team_reads() -> None:
    """An administrator takes records out."""
    for question in WHOLE.questions.values():
        assert "only your care team" not in (question.help or "").lower(), question.id
    templates = Path(__file__).parents[2] / "templates"
    for page in templates.rglob("*.html"):
        assert "only your care team" not in page.read_text(encoding="utf-8").lower(), page.name
