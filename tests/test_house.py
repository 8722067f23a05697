"""The contracts of the house hold for every module, and a violation planted into any of them is found."""

import ast
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path.relative_to(ROOT) for path in (ROOT / "app").rglob("*.py"))
FEATURES = {path.relative_to(ROOT).parent for path in (ROOT / "app").glob("*/feature.py")}
NEW = [feature / "planted.py" for feature in sorted(FEATURES)]
TOP = {
    *(
        ".ci",
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        "app",
        "benchmarks",
        "deploy",
        "docs",
        "migrations",
    ),
    *(
        "templates",
        "tests",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "SECURITY.md",
    ),
    *("config.py", "pyproject.toml", "requirements-dev.lock", "requirements.lock", "wsgi.py"),
}
PLANTS = {
    "Imports only go down, features do not see one another": (
        "app/export/planted.py",
        "import app.review.case.case_reader",
    ),
    "What we ask and what worries us are plain Python": ("app/screening/planted.py", "import sqlalchemy"),
    "What happens does not know about HTTP": ("app/records/planted.py", "import flask"),
    "Routes do not query": ("app/planted/routes.py", "import app.models"),
    "Settings come in as an argument": ("app/core/planted.py", "import config"),
}


def load_rules() -> ModuleType:
    spec = spec_from_file_location("house", ROOT / ".ci" / "house.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RULES = load_rules()


def broken(path: Path, planted: str) -> list[str]:
    """What the rules say of the module at `path` once the planted lines stand in it."""
    text = (ROOT / path).read_text() if (ROOT / path).exists() else ""
    tree = ast.parse(f"{text}\n{planted}\n")
    feature = any(folder in path.parents for folder in FEATURES)
    return [problem for _, problem in RULES.module_problems(path, tree, feature=feature)]


def role(path: Path) -> str:
    return path.stem if path.stem in RULES.EDGE else path.stem.rpartition("_")[2]


def test_the_house_is_in_order() -> None:
    assert list(RULES.problems(ROOT)) == []


IN_FEATURES = [path for path in MODULES if any(folder in path.parents for folder in FEATURES)] + NEW


@pytest.mark.parametrize("path", IN_FEATURES, ids=str)
def test_only_the_edge_of_a_feature_may_know_of_http(path: Path) -> None:
    for line in ("import flask", "from flask_wtf import FlaskForm", "from app.web.act import current_act"):
        found = any("know of HTTP" in problem for problem in broken(path, line))
        assert found == (role(path) not in RULES.EDGE), line


@pytest.mark.parametrize("path", IN_FEATURES, ids=str)
def test_only_routes_read_the_clock(path: Path) -> None:
    allowed = role(path) == "routes" or path.stem == "sign_in"
    assert (
        any(
            "reads the clock" in each or "read the clock" in each
            for each in broken(path, "from app.web.clock import now")
        )
        != allowed
    )
    for line in ("datetime.now(UTC)", "date.today()", "time.time()"):
        assert any(line.partition("(")[0] in problem for problem in broken(path, line))


@pytest.mark.parametrize("path", [path for path in IN_FEATURES if role(path) == "routes"], ids=str)
@pytest.mark.parametrize(
    "line", ["import sqlalchemy", "from app.models import Case", "from sqlalchemy.orm import Session"]
)
def test_routes_do_not_query(path: Path, line: str) -> None:
    assert any("Routes do not query" in problem for problem in broken(path, line))


def test_no_service_takes_more_than_six_parameters() -> None:
    path = Path("app/review/case/planted.py")
    most = ", ".join(f"p{n}" for n in range(RULES.MOST_PARAMETERS))
    assert broken(path, f"def f(self, {most}): ...") == []
    assert len(broken(path, f"def f({most}, *, more): ...")) == 1


def test_a_module_that_grew_too_long_is_named(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "long.py").write_text("x = 1\n" * (RULES.MOST_LINES + 1))
    assert [problem for problem in RULES.problems(tmp_path) if "lines. Split" in problem]


def test_the_number_of_a_crisis_line_stands_in_one_module(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "planted.html").write_text('<a href="tel:988">988</a>\n<p>988lifeline</p>\n')
    planted = a_house(
        tmp_path,
        app__intake__planted='ONE = "Call 911."\nTWO = f"{ONE} or 116 123"\nTHREE = "2,911 of 9990, $999.5"',
        app__questionnaire__crisis_contacts='ONE = "Call 911."',
    )
    assert [problem.partition(": holds")[0] for problem in RULES.problems(planted)] == [
        "app/intake/planted.py:1",
        "app/intake/planted.py:2",
        "templates/planted.html:1",
    ]


def test_no_two_classes_have_one_name(tmp_path: Path) -> None:
    house = a_house(
        tmp_path,
        app__intake__planted="class Planted: ...\nclass _Own: ...\n",
        app__models__own="class _Own: ...\n",
    )
    assert list(RULES.problems(house)) == []
    house = a_house(tmp_path, app__review__planted="class Planted: ...\n")
    assert [problem.partition(": Planted")[0] for problem in RULES.problems(house)] == [
        "app/review/planted.py:1"
    ]


def test_a_type_that_is_ignored_says_why(tmp_path: Path) -> None:
    ignored = "x = y  # type: " + "ignore[attr-defined]"
    house = a_house(tmp_path, app__intake__planted=f"{ignored} # it carries no types\n{ignored}\n")
    assert [problem.partition(": takes")[0] for problem in RULES.problems(house)] == [
        "app/intake/planted.py:2"
    ]


def test_a_field_of_a_public_dataclass_says_what_it_is(tmp_path: Path) -> None:
    declared = """
        @dataclass(frozen=True)
        class {name}:
            kind: ClassVar[str] = "number"
            said: str
            \"\"\"What was said.\"\"\"
            unsaid: str
            _own: int = 0
    """
    one, other, own = (dedent(declared).format(name=name) for name in ("Planted", "Other", "_Private"))
    house = a_house(tmp_path, app__questionnaire__planted=one + own, app__web__planted=other + own)
    assert [problem.partition(" has no")[0] for problem in RULES.problems(house)] == [
        "app/questionnaire/planted.py:7: Planted.unsaid",
        "app/web/planted.py:7: Other.unsaid",
    ]


def a_house(folder: Path, **modules: str) -> Path:
    """A house with the layers of this one, of these modules: app__notes__routes is app/notes/routes.py."""
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    for name, text in modules.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text)
    return folder


def test_a_new_feature_has_a_place_beside_the_others_and_a_new_room_has_none(tmp_path: Path) -> None:
    new = a_house(tmp_path, app__notes__feature="FEATURE = 1", app__attic__trunk="", app__export__feature="")
    assert list(RULES.problems(new)) == [
        "app/attic: has no place. Make it a feature, or name it among the layers in pyproject.toml."
    ]


@pytest.mark.parametrize(
    "below", ["core.act", "web.guards", "invitations.service", "questionnaire.all_forms"]
)
@pytest.mark.parametrize("beside", ["export.service", "commands.docs", "review.routes"])
def test_a_new_feature_sees_what_is_below_it_and_is_seen_by_the_commands_alone(
    tmp_path: Path, below: str, beside: str
) -> None:
    found = list(
        RULES.problems(
            a_house(
                tmp_path,
                app__notes__feature=f"import app.{below}\nimport app.{beside}\n",
                app__export__feature="import app.notes.feature",
                app__core__planted="import app.notes.feature",
                app__commands__planted="import app.notes.feature",
            )
        )
    )
    assert [problem.partition(": imports")[0] for problem in found] == [
        "app/core/planted.py:1",
        "app/export/feature.py:1",
        "app/notes/feature.py:2",
    ]


def test_a_planted_import_breaks_its_contract(tmp_path: Path) -> None:
    """One violation of each contract of import-linter, all planted into one copy of the app."""
    shutil.copytree(
        ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("static", "translations", "__pycache__")
    )
    for name in ("pyproject.toml", "config.py", "wsgi.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for place, line in PLANTS.values():
        path = tmp_path / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{line}\n")
        (path.parent / "__init__.py").touch()
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    said = " ".join(done.stdout.split())
    assert done.returncode != 0
    assert [name for name in PLANTS if f"{name} BROKEN" not in said] == []


def test_nothing_lies_at_the_top_that_has_no_place_there() -> None:
    """A downloaded package lay here for a day."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert {path.partition("/")[0] for path in listed.stdout.splitlines()} <= TOP
