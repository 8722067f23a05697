"""README and CONTRIBUTING name files and folders: each is there."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`([\w./-]*(?:\w/|\w\.(?:py|csv|md|scss|po|json|lock|toml)))`")
README = (ROOT / "README.md").read_text(encoding="utf-8")
# From the head of the table to the empty line under it, without the line of dashes.
ROWS = README.partition("| …what | Open |\n")[2].partition("\n\n")[0].splitlines()[1:]
# What a command makes.
MADE = ("mutants/",)


def is_there(path: Path, name: str) -> bool:
    """Whether a path is a folder, where its name ends in a slash, or else a file."""
    return path.is_dir() if name.endswith("/") else path.is_file()


def not_there(row: str) -> Iterator[str]:
    """What a row names and is not there: from the root, beside the name before it, or beside that one's folder."""
    last = ROOT
    for name in NAMED.findall(row):
        path = next((at / name for at in (ROOT, last, last.parent) if is_there(at / name, name)), None)
        if path is None:
            yield name
        else:
            last = path if path.is_dir() else path.parent


def test_every_row_of_what_to_change_opens_something_that_is_there() -> None:
    assert len(ROWS) >= 30
    for row in ROWS:
        assert NAMED.search(row), row
        assert list(not_there(row)) == [], row


def test_no_two_rows_are_about_the_same() -> None:
    named = [NAMED.findall(row) for row in ROWS]
    assert [one for one in named if named.count(one) > 1] == []


def test_contributing_names_what_is_there() -> None:
    """Its names start at the root or in app; a bare one, such as routes.py, is that of several features."""
    for name in NAMED.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        if name in MADE:
            continue
        bare = "/" not in name and next((ROOT / "app").rglob(name), None)
        assert bare or is_there(ROOT / name, name) or is_there(ROOT / "app" / name, name), name


def test_the_glossary_names_classes_where_they_are() -> None:
    """Each line names a module, and each class of a line is defined in one of its modules."""
    glossary = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n## Glossary\n")[2]
    lines = [line for line in glossary.splitlines() if line.startswith("- **")]
    assert len(lines) >= 60
    for line in lines:
        modules = [ROOT / "app" / name for name in NAMED.findall(line) if name.endswith(".py")]
        code = "\n".join(module.read_text(encoding="utf-8") for module in modules)
        assert modules, line
        for name in set(re.findall(r"`([A-Z]\w+)`", line)) - {"Session"}:
            assert re.search(rf"^class {name}\b", code, re.MULTILINE), (name, line)
