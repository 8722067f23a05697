"""`flask texts`: every text that patients read is found, and what is wrong with a translation is told."""

from babel.messages.catalog import Catalog

from app.commands.texts import COMPLETE, OVERLAY, problems, read, texts
from app.questionnaire.all_forms import WHOLE
from app.questionnaire.instruments import INSTRUMENTS


def test_every_text_has_its_spanish_and_every_american_word_its_british_one() -> None:
    asked = texts()
    assert list(problems(asked, read(COMPLETE), complete=True)) == []
    assert list(problems(asked, read(OVERLAY), complete=False)) == []


def test_the_texts_are_those_that_patients_read_and_no_others() -> None:
    asked = texts()
    declared = [*WHOLE.questions.values()]
    assert all(question.text in asked for question in declared)
    assert "Save for later" in asked
    assert "{noun} must be in the past: {today} or earlier" in asked
    assert "Give one answer here, not {count}" in asked
    for staff_only in ("Take this case", "Something to write it off with", "Pick a reason"):
        assert staff_only not in asked
    assert not [question.use for question in declared if question.use and question.use in asked]
    items = {item for one in INSTRUMENTS.values() for form in one.forms.values() for item in form.items}
    assert not [item for item in items if item in asked]
    question = asked.get("What is your date of birth?")
    assert question is not None
    assert question.auto_comments == ["verify_dob"]


def catalogue(**strings: str) -> Catalog:
    made = Catalog("es", fuzzy=False)
    for name, string in strings.items():
        made.add(name.replace("_", " "), string)
    return made


def test_what_is_wrong_with_a_translation_is_told() -> None:
    asked = catalogue(Yes="", Your_tumor="")
    asked.add("Sent {time}")
    asked.add("Call %(phone)s.")
    said = catalogue(Yes="", Gone="Ido")
    said.add("Sent {time}", "Enviado el {hora}")
    said.add("Call %(phone)s.", "Llame al %(phone)s.", flags=["fuzzy"])
    assert list(problems(asked, said, complete=True)) == [
        "has no es: Yes",
        "has no es: Your tumor",
        "has other placeholders: Sent {time}",
        "is fuzzy: Call %(phone)s.",
        "is asked for no more: Gone",
    ]
    assert "has no es: Yes" not in problems(asked, said, complete=False)
    assert "has no es: Your tumor" in problems(asked, said, complete=False)
