"""What is read aloud on a call and the box below it are of one question, whatever is missing."""

from html.parser import HTMLParser
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask, get_template_attribute

from app.questionnaire.all_forms import WHOLE
from app.questionnaire.countries import Country
from app.questionnaire.kinds import Choices, Rows
from app.questionnaire.reading import Reading
from app.review.case.call_questions import NOT_KNOWN, can_be_asked
from app.review.case.flags import StoredFlag
from app.review.case.phone_script import phone_script
from app.review.case.phone_script_view import Script
from app.review.case.rendering import script_fields
from app.screening.prompts import item_read_aloud, read_aloud
from app.screening.rulebook import RULEBOOK
from app.screening.rules import Rule
from app.screening.source_questions import items_of, source_questions
from app.web.question_view import Shown
from tests.people import ON, WELL, Answers, but

pytestmark = pytest.mark.sqlite_alone("what is said, in which words")

READ = [
    (rule, key)
    for rule in RULEBOOK.rules
    for key in dict.fromkeys(rule.trigger.names())
    if any(can_be_asked(WHOLE.questions[name]) for name in source_questions(key))
]


class Field:
    """A field of the page: its heading, and its boxes."""

    def __init__(self, name: str, hangs: bool) -> None:
        self.name, self.hangs, self.heading = name, hangs, ""
        self.boxes: list[dict[str, str | None]] = []


class Page(HTMLParser):
    """The phone script as it is drawn: its fields, and the text that stands outside them and outside any details."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self.outside = ""
        self._open: list[tuple[str, Field | None]] = []
        self._headed: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        field = self._field()
        if tag in ("input", "textarea") and field:
            field.boxes.append(told)
        if tag in ("input", "br"):
            return
        if told.get("data-question") and field is None:
            field = Field(str(told["data-question"]), "data-show-if" in told)
            self.fields.append(field)
        quiet = tag == "details" or "fr-asks__other" in str(told.get("class"))
        self._open.append(("quiet" if quiet else tag, field))

    def handle_endtag(self, tag: str) -> None:
        ended, field = self._open.pop()
        if field and ended in ("legend", "label", "h2") and field.heading.strip():
            self._headed.add(field.name)

    def handle_data(self, data: str) -> None:
        field = self._field()
        if field is None and not any(tag == "quiet" for tag, _ in self._open):
            self.outside += data
        elif (
            field
            and field.name not in self._headed
            and any(tag in ("legend", "label", "h2") and of is field for tag, of in self._open)
        ):
            field.heading += data

    def _field(self) -> Field | None:
        return self._open[-1][1] if self._open else None


def part_of(rule: Rule) -> int | str:
    return rule.stage if rule.stage in WELL else 1


def drawn(flags: list[StoredFlag], answers: Answers, jurisdiction: Country) -> Page:
    """The phone script of somebody, as it stands on the page."""
    script = phone_script(flags, Reading(WHOLE, answers, ON, jurisdiction))
    case = SimpleNamespace(id=uuid4(), script=script, asked={}, can_settle=True, revision=1)
    lines = get_template_attribute("review/asks.html", "lines")
    return Page(str(lines(case, fields_of(script, jurisdiction))))


def fields_of(script: Script, jurisdiction: Country) -> dict[str, Shown]:
    return script_fields(script, jurisdiction, {}, (), None, ())


def assert_spoken_is_what_is_asked(page: Page, rule: Rule, key: str) -> None:
    assert page.fields, key
    for field in page.fields:
        question, _, item = field.name.partition("-")
        said, declared = " ".join(field.heading.split()), WHOLE.questions[question]
        codes = {box.get("value") for box in field.boxes if box.get("name") == field.name}
        if item:
            assert said == item_read_aloud(declared, item), key
            assert items_of(question)[item].removeprefix("Yes, ") in said, (key, said)
            options = {*declared.kind.options} if isinstance(declared.kind, Rows) else {"yes", "no"}
            assert codes == options | {NOT_KNOWN}, (key, field.name)
        else:
            assert said == read_aloud(declared), key
            # A list is asked as a whole only where it follows from a line: no line is about one item of it.
            assert field.hangs or not isinstance(declared.kind, (Choices, Rows)), (key, field.name)
    outside = page.outside.replace(rule.title, "")
    assert "?" not in outside, (key, "a question without a box", outside)


def assert_nothing_is_filled_in(page: Page) -> None:
    for box in (box for field in page.fields for box in field.boxes):
        assert str(box.get("name")).endswith("-unit") or "checked" not in box, box
        assert box.get("type") in ("radio", "checkbox", "hidden") or not box.get("value"), box


@pytest.mark.parametrize(
    ("name", "item", "said"),
    [
        (
            "opioid_signs",
            "sick",
            "What happened with opioids: “Felt ill when I stopped”?",
        ),
        ("seizure_cause", "stress", "What caused the seizure: Stress, not epilepsy?"),
        ("seizure_cause", "epilepsy", "What caused the seizure: Epilepsy?"),
        ("ketamine_before", "home", "Have you ever had ketamine: Prescribed for home?"),
    ],
)
def test_an_item_that_speaks_as_the_patient_is_quoted(name: str, item: str, said: str) -> None:
    assert item_read_aloud(WHOLE.questions[name], item) == said


def missing(rule: Rule, key: str) -> list[StoredFlag]:
    return [
        StoredFlag(uuid4(), 1, rule.slug, rule.level, rule.card, raised=False, open=True,
               evidence={"because": [], "unknown": [key], "ask": rule.ask})
    ]  # fmt: skip


@pytest.mark.parametrize("jurisdiction", list(Country))
@pytest.mark.parametrize(("rule", "key"), READ, ids=[f"{rule.slug}-{key}" for rule, key in READ])
def test_what_is_read_aloud_is_what_its_box_asks(
    app: Flask, rule: Rule, key: str, jurisdiction: Country
) -> None:
    behind = source_questions(key)
    well = WELL[part_of(rule)]
    with app.test_request_context():
        for answers in (well, but(well, dict.fromkeys(behind)), dict.fromkeys(well)):
            shown = drawn(missing(rule, key), answers, jurisdiction)
            assert_nothing_is_filled_in(shown)
            assert_spoken_is_what_is_asked(shown, rule, key)


def test_an_item_of_a_list_is_asked_by_itself(app: Flask) -> None:
    rule = next(one for one in RULEBOOK.rules if one.slug == "porphyria")
    answers = but(WELL[1], {"other_any": "yes", "other_list": ["not_sure"]})
    with app.test_request_context():
        shown = drawn(missing(rule, "condition.porphyria"), answers, Country.US)
        assert [(field.name, " ".join(field.heading.split())) for field in shown.fields] == [
            ("other_list-porphyria", "Which other illness: Porphyria?")
        ]
