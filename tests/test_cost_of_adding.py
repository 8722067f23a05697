"""What README promises of a change, measured: it is made in a scratch copy, and the checks that watch over it pass.

By hand is what a person types; the rest is what the commands write that README and CONTRIBUTING name.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEFT_OUT = {"instance", "mutants", "node_modules"}
SPANISH = "app/translations/es/LC_MESSAGES/messages.po"
WRITTEN = {
    "app/questionnaire/data/versions.csv",
    "app/translations/en_GB/LC_MESSAGES/messages.po",
    "docs/data-dictionary.md",
    "docs/questionnaire.json",
    "docs/rulebook.json",
    "docs/rulebook.md",
    SPANISH,
}
"""What commands write."""

QUESTION = """
Question(
    "insect_sting",
    "Has an insect sting ever made you very ill?",
    yes_no_not_sure(),
    seed="some drugs have an allergic reaction after they are used",
    use="Ask what was done about it.",
    card="allergies",
),
"""
FACT = """
Tri("allergy.insect_sting", when=q("insect_sting").is_("yes")),
"""
RULE = """
Rule(
    "allergy-insect-sting",
    "Severe reaction to an insect sting",
    Level.REVIEW,
    "allergies",
    Evidence.LOCAL,
    trigger=fact("allergy.insect_sting").is_("yes"),
    rationale="Shows a tendency to serious reactions.",
    action="What happened, and what helped.",
    sources=("LOCAL",),
    ask='"Has an insect sting ever made you very ill?"',
    seed="some drugs have an allergic reaction after they are used",
),
"""
CASES = """
"allergy-insect-sting": line("insect_sting", "allergy.insect_sting"),
"""
PAGE = {
    "app/notes/__init__.py": '"""What staff remind each other of."""\n',
    "app/notes/feature.py": '''"""The board, for clinicians."""

from app.core.access import Permission
from app.notes import routes
from app.web.features import Feature, MenuEntry

FEATURE = Feature(
    blueprints=(routes.bp,), menu=(MenuEntry(Permission.REVIEW, "Notes", "/notes/", place=40),)
)
''',
    "app/notes/routes.py": '''"""The board."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.core.access import Permission
from app.web.guards import requires

bp = Blueprint("notes", __name__, url_prefix="/notes")


@bp.get("/")
@requires(Permission.REVIEW)
def home() -> ResponseReturnValue:
    """What is on the board."""
    return render_template("notes/home.html")
''',
    "templates/notes/home.html": """{% extends "layout.html" %}
{% block title %}Notes{% endblock %}
{% block content %}
  <p>Nothing is on the board.</p>
{% endblock %}
""",
}
ACCESS = """
("notes.home", "GET"): Line(staff(clinician=200, admin=403)),
"""


class Copy:
    """A scratch copy of the code, and what was edited in it by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by_hand: set[str] = set()
        for path in ROOT.iterdir():
            if path.is_dir() and (not path.name.startswith(".") or path.name == ".ci"):
                if path.name not in LEFT_OUT:
                    leave = shutil.ignore_patterns("__pycache__", "*.gz")
                    shutil.copytree(path, folder / path.name, ignore=leave)
            elif path.is_file():
                shutil.copy(path, folder / path.name)

    def insert(self, path: str, text: str, *, into: str = "", after: str = "") -> None:
        """Type an element at the end of the tuple or dict called `into`, or behind the one whose id is `after`."""
        source = (self.folder / path).read_text(encoding="utf-8")
        line, indent = _after_element(ast.parse(source), after) if after else _at_end(ast.parse(source), into)
        lines = source.splitlines(keepends=True)
        lines[line:line] = [f"{' ' * indent}{typed}\n" for typed in text.strip().splitlines()]
        (self.folder / path).write_text("".join(lines), encoding="utf-8")
        self.by_hand.add(path)

    def write(self, path: str, text: str) -> None:
        """Type a new file."""
        (self.folder / path).parent.mkdir(exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")
        self.by_hand.add(path)

    def translate(self, text: str, spanish: str) -> None:
        """Type a translation where `flask texts` left it open."""
        source = (self.folder / SPANISH).read_text(encoding="utf-8")
        assert source.count(f'msgid "{text}"\nmsgstr ""\n') == 1
        typed = source.replace(f'msgid "{text}"\nmsgstr ""\n', f'msgid "{text}"\nmsgstr "{spanish}"\n')
        (self.folder / SPANISH).write_text(typed, encoding="utf-8")
        self.by_hand.add(SPANISH)

    def run(self, *command: str) -> str:
        """A command of Python's, as a person gives it in the copy. Fails with all it said."""
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("FOREROOM_", "PYTEST"))
        }
        clean |= {"FOREROOM_ENV": "test", "FOREROOM_INSTANCE": str(self.folder / "instance")}
        ended = subprocess.run(
            [sys.executable, *command],
            cwd=self.folder,
            env=clean | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
        return ended.stdout

    def flask(self, *names: str) -> None:
        """Commands of the app's, one after the other."""
        for name in names:
            self.run("-m", "flask", name)

    def tests(self, *arguments: str) -> int:
        """How many of these tests passed. All do."""
        said = self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments)
        found = re.search(r"(\d+) passed", said)
        assert found is not None
        return int(found[1])

    def changed(self) -> set[str]:
        """The files that differ from what was copied."""
        return set(self._changed())

    def _changed(self) -> Iterator[str]:
        for path in self.folder.rglob("*"):
            name = path.relative_to(self.folder)
            if path.is_file() and name.parts[0] != "instance" and path.suffix not in (".mo", ".pyc"):
                before = ROOT / name
                if not before.is_file() or before.read_bytes() != path.read_bytes():
                    yield str(name)


def _after_element(tree: ast.Module, first: str) -> tuple[int, int]:
    """The last line and the indent of the call whose first argument is this."""
    call = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and getattr(node.args[0], "value", None) == first
    )
    return call.end_lineno or 0, call.col_offset


def _at_end(tree: ast.Module, name: str) -> tuple[int, int]:
    """The last line and the indent of the last element of the tuple or dict of this name."""
    table = next(
        node.value
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if getattr(target, "id", "") == name
    )
    if isinstance(table, ast.Tuple):
        return table.elts[-1].end_lineno or 0, table.elts[-1].col_offset
    assert isinstance(table, ast.Dict)
    key = table.keys[-1]
    assert key is not None
    return table.values[-1].end_lineno or 0, key.col_offset


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def add_question(copy: Copy) -> None:
    copy.insert("app/questionnaire/intake/allergies.py", QUESTION, after="allergy_any")
    copy.flask("texts")
    copy.translate(
        "Has an insect sting ever made you very ill?", "¿La picadura de un insecto lo enfermó mucho?"
    )


def test_a_question_is_one_file_and_its_translation(copy: Copy) -> None:
    add_question(copy)
    copy.flask("version", "docs")
    copy.tests(
        *("tests/questionnaire/test_pages.py", "tests/questionnaire/test_form_time.py"),
        *("tests/questionnaire/test_versions.py", "tests/commands/test_texts.py"),
        *("tests/intake/test_filling.py", "tests/intake/test_groups.py", "-k", "not postgresql"),
    )
    assert copy.by_hand == {"app/questionnaire/intake/allergies.py", SPANISH}
    assert copy.changed() <= copy.by_hand | WRITTEN


def test_a_yes_or_no_question_with_its_rule_is_three_files_and_their_test(copy: Copy) -> None:
    add_question(copy)
    copy.insert("app/screening/factbook/surgery.py", FACT, into="FACTS")
    copy.insert("app/screening/rulebook/allergies.py", RULE, into="RULES")
    copy.insert("tests/screening/test_rules_allergies.py", CASES, into="CASES")
    copy.flask("version", "docs")
    passed = copy.tests(
        *("tests/screening/test_every_rule.py", "tests/screening/test_rules_allergies.py"),
        *("tests/questionnaire/test_versions.py", "-k", "insect or subject or book or version"),
    )
    assert passed > 15
    code = {name for name in copy.by_hand if name.startswith("app/") and name.endswith(".py")}
    assert len(code) <= 3
    assert copy.by_hand - code == {SPANISH, "tests/screening/test_rules_allergies.py"}
    assert copy.changed() <= copy.by_hand | WRITTEN


def test_a_page_for_staff_is_its_own_files_and_a_line_of_the_access_table(copy: Copy) -> None:
    for path, text in PAGE.items():
        copy.write(path, text)
    copy.insert("tests/access/table.py", ACCESS, into="TABLE")
    copy.run(".ci/house.py")
    linter = Path(sys.executable).with_name("lint-imports")
    copy.run(str(linter), "--no-cache")
    passed = copy.tests("tests/access", "tests/test_templates.py", "-k", "notes and not postgresql")
    assert passed > 5
    assert copy.by_hand == {*PAGE, "tests/access/table.py"}
    assert copy.changed() == copy.by_hand
