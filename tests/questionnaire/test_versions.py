"""The versions of the questions: nothing that patients are asked changes under a version that people have answered."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from app.commands import files_only
from app.questionnaire import versions
from app.questionnaire.all_forms import FORMS
from app.questionnaire.conditions import any_of, lead, q
from app.questionnaire.form_kinds import FormKind
from app.questionnaire.intake import INTAKE
from app.questionnaire.kinds import Choice, Number
from app.questionnaire.page_hashes import changed_pages, hashes, unrecorded
from app.questionnaire.pages import Page, Question, Questionnaire

KINDS = pytest.mark.parametrize("kind", FormKind)
NOW = hashes(INTAKE)


@KINDS
def test_no_question_changes_under_its_version(kind: FormKind) -> None:
    message = unrecorded(kind)
    assert message is None, message


def on_page(page: Page, form: Questionnaire = INTAKE) -> Questionnaire:
    """The health check with this page in place of the one of its name."""
    steps = tuple(
        replace(step, pages=tuple(page if one.id == page.id else one for one in step.pages))
        for step in form.steps
    )
    return replace(form, steps=steps)


def with_question(name: str, **changes: Any) -> Questionnaire:
    page, question = INTAKE.page_of(name), INTAKE.questions[name]
    changed = replace(question, **changes)
    return on_page(replace(page, questions=tuple(changed if q is question else q for q in page.questions)))


def options_of(name: str, change: Callable[[dict[str, str]], dict[str, str]]) -> Questionnaire:
    kind = INTAKE.questions[name].kind
    assert isinstance(kind, Choice)
    return with_question(name, kind=replace(kind, options=change(dict(kind.options))))


def number(name: str, **changes: Any) -> Questionnaire:
    kind = INTAKE.questions[name].kind
    assert isinstance(kind, Number)
    return with_question(name, kind=replace(kind, **changes))


CHANGES = {
    "a wording": with_question("stroke", text="A stroke, or a small one"),
    "a hint": with_question("stroke", help="Even a small one"),
    "what an empty one is told": with_question("stroke", missing="Tell us about strokes"),
    "whether it must be answered": with_question("stroke", required=False),
    "a way out": with_question("stroke", exit={"rather_not": "I’d rather not say"}),
    "a condition": with_question("stroke", show_if=q("heart_attack").is_("yes")),
    "an option's words": options_of("stroke", lambda options: options | {"yes": "Yes, I did"}),
    "a new option": options_of("stroke", lambda options: options | {"twice": "Twice"}),
    "the order of options": options_of("stroke", lambda options: dict(reversed(options.items()))),
    "a limit": number("bp_top", hard=(40, 300)),
    "a limit that asks": number("bp_top", soft_limits=(60, 250)),
    "a title": on_page(replace(INTAKE.page_of("stroke"), title="Heart and head")),
    "what stands above": on_page(replace(INTAKE.page_of("stroke"), intro=("Think of your whole life",))),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_patients_meet_is_found_on_its_own_page(change: str) -> None:
    asked = "bp_top" if "limit" in change else "stroke"
    assert versions.differing(NOW, hashes(CHANGES[change])) == (INTAKE.page_of(asked).id,)


def test_a_condition_counts_whatever_joins_it() -> None:
    yes, worse = q("heart_attack").is_("yes"), q("heart_list").has("stent")
    one, other = (with_question("stroke", show_if=join(yes, worse)) for join in (any_of, lead))
    assert versions.differing(hashes(one), hashes(other)) == (INTAKE.page_of("stroke").id,)


def test_the_order_of_pages_is_that_of_the_form() -> None:
    turned = replace(INTAKE, steps=tuple(reversed(INTAKE.steps)))
    assert versions.differing(NOW, hashes(turned)) == (versions.WHOLE_FORM,)


def test_what_is_for_staff_alone_needs_no_version() -> None:
    told = with_question("stroke", use="Somebody looks at it", seed="An article says so", card="vessels")
    assert hashes(told) == NOW


HISTORY = """\
kind,version,page,sha256
intake,1.2,,aa
intake,1.2,start,bb
intake,1.2,heart,cc
ready,1.2,,zz
intake,1.3,heart,dd
intake,1.3,lungs,ee
intake,1.10,start,
""".splitlines()


def test_a_version_adds_changes_and_takes_away_pages() -> None:
    known = versions.read(HISTORY, FormKind.INTAKE)
    assert known == {
        "1.2": {"": "aa", "start": "bb", "heart": "cc"},
        "1.3": {"": "aa", "start": "bb", "heart": "dd", "lungs": "ee"},
        "1.10": {"": "aa", "heart": "dd", "lungs": "ee"},
    }
    assert versions.read(HISTORY, FormKind.READY) == {"1.2": {"": "zz"}}
    assert versions.next_after("1.9") == "1.10"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the file of versions, which the commands read and write."""
    copy = tmp_path / "versions.csv"
    copy.write_bytes(versions.file().read_bytes())
    monkeypatch.setattr(versions, "file", lambda: copy)
    versions.history.cache_clear()
    yield copy
    versions.history.cache_clear()


def reword(monkeypatch: pytest.MonkeyPatch, kind: FormKind, form: Questionnaire) -> None:
    monkeypatch.setitem(FORMS, kind, replace(FORMS[kind], asks=form))


def run(*args: str) -> Result:
    versions.history.cache_clear()
    return files_only("version").test_cli_runner().invoke(args=["version", *args])


def test_the_command_gives_a_new_version_and_keeps_the_old(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, old = kept.read_text(), versions.newest(FormKind.INTAKE)
    page = INTAKE.page_of("stroke").id
    reword(monkeypatch, FormKind.INTAKE, CHANGES["a wording"])
    refused = run("--check")
    assert refused.exit_code == 1
    assert refused.stderr == (
        f"“Health check” is not as version {old} has it: {page}. People have answered that version, so the change "
        "needs a new one. Run: .venv/bin/flask version\n"
    )
    assert kept.read_text() == before
    new = versions.next_after(old)
    assert f"Health check: version {new}, with other questions on {page}" in run().stdout
    assert kept.read_text().startswith(before)
    assert run("--check").exit_code == 0
    assert versions.newest(FormKind.INTAKE) == new
    assert versions.changed_since(FormKind.INTAKE, old) == {page}
    assert versions.changed_since(FormKind.INTAKE, new) == frozenset()
    assert changed_pages(FormKind.READY) == ()
    assert run().stdout == ""


def test_of_a_version_that_nobody_knows_every_page_is_another() -> None:
    assert versions.changed_since(FormKind.INTAKE, "0.9") == {page.id for page in INTAKE.pages}


@KINDS
def test_a_form_is_in_the_newest_version(kind: FormKind) -> None:
    assert FORMS[kind].asks.version == versions.newest(kind)


def test_a_page_that_is_gone_is_asked_of_nobody(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = versions.newest(FormKind.INTAKE)
    step = next(step for step in INTAKE.steps if len(step.pages) > 1)
    gone = step.pages[-1]
    fewer = replace(step, pages=step.pages[:-1])
    steps = tuple(fewer if one is step else one for one in INTAKE.steps)
    reword(monkeypatch, FormKind.INTAKE, replace(INTAKE, steps=steps))
    run()
    versions.history.cache_clear()
    assert kept.read_text().endswith(f"intake,{versions.next_after(old)},{gone.id},\n")
    assert versions.changed_since(FormKind.INTAKE, old) == frozenset()


def test_every_question_of_every_form_can_be_spelled() -> None:
    for form in FORMS.values():
        assert set(hashes(form.asks)) == {versions.WHOLE_FORM, *(page.id for page in form.asks.pages)}


def test_questions_are_declared_of_known_parts() -> None:
    odd = Question("odd", "Odd?", kind=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="object is in no declaration"):
        hashes(on_page(replace(INTAKE.pages[0], questions=(odd,))))
