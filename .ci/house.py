"""Rules of the house that follow from what a module is called: checked for every module there is, and every new one.

`python .ci/house.py [FOLDER]` names each module below FOLDER/app that breaks one, and exits with 1.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

FLASK = {"flask", "flask_login", "flask_security", "flask_wtf", "jinja2", "markupsafe", "werkzeug", "wtforms"}
EDGE = {"feature", "forms", "gate", "rendering", "routes", "sign_in"}
"""What a module of a feature is called, or ends in after an underscore, that may know of HTTP and pages."""
CLOCK = {"app.web.clock.now", "app.web.clock.today"}
CLOCK_CALLS = {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
MOST_PARAMETERS, MOST_LINES = 6, 300
CRISIS_CONTACTS = Path("app/questionnaire/crisis_contacts.py")
UNEXPLAINED = re.compile(r"# type: ignore(?:\[[\w, -]+\])?(?!\s*#\s*\w)(?!\[)")
ELSEWHERE = f"holds the number of a crisis line. Take it from {CRISIS_CONTACTS}."
CRISIS_NUMBER = re.compile(r"(?<![\w.,$])(?:911|988|999|116 ?123|85258|838255|(?:NHS |tel:)111)(?![\w.,]*\w)")


def problems(root: Path) -> Iterator[str]:
    """Each rule that a module below `root`/app breaks, with where."""
    features = {found.parent for found in (root / "app").glob("*/feature.py")}
    yield from place_problems(root, {folder.name for folder in features})
    yield from name_problems(root)
    for path in sorted((root / "app").rglob("*.py")):
        text = path.read_text()
        where = path.relative_to(root)
        feature = any(each in path.parents for each in features)
        for line, problem in module_problems(where, ast.parse(text), feature=feature):
            yield f"{where}:{line}: {problem}"
        yield from (f"{where}:{line}: {problem}" for line, problem in field_problems(ast.parse(text)))
        if where != CRISIS_CONTACTS:
            yield from (f"{where}:{line}: {problem}" for line, problem in number_problems(ast.parse(text)))
        for number, code in enumerate(text.splitlines(), 1):
            if UNEXPLAINED.search(code):
                yield f"{where}:{number}: takes no notice of a type, and does not say why. Add # and the reason."
        if text.count("\n") > MOST_LINES:
            yield f"{where}: has more than {MOST_LINES} lines. Split it by subject, or put long data beside it."
    for path in sorted((root / "templates").rglob("*.html")):
        for number, text in enumerate(path.read_text().splitlines(), 1):
            if CRISIS_NUMBER.search(text):
                yield f"{path.relative_to(root)}:{number}: {ELSEWHERE}"


def name_problems(root: Path) -> Iterator[str]:
    """Each class that has the name of another one."""
    first: dict[str, Path] = {}
    for path in sorted((root / "app").rglob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where = path.relative_to(root)
                if (other := first.setdefault(node.name, where)) != where:
                    yield f"{where}:{node.lineno}: {node.name} is a class in {other} too. Call one of them otherwise."


def field_problems(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and rule of every field of a public dataclass that has no string under it."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
            continue
        if not any("dataclass" in ast.unparse(each) for each in node.decorator_list):
            continue
        for field, under in zip(node.body, [*node.body[1:], None], strict=True):
            if not isinstance(field, ast.AnnAssign) or "ClassVar" in ast.unparse(field.annotation):
                continue
            named = isinstance(field.target, ast.Name) and not field.target.id.startswith("_")
            said = isinstance(under, ast.Expr) and isinstance(under.value, ast.Constant)
            if named and not said:
                yield (
                    field.lineno,
                    f"{node.name}.{ast.unparse(field.target)} has no string under it to say what it is.",
                )


def number_problems(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and rule of every text that holds the number of a crisis line."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and CRISIS_NUMBER.search(node.value)
        ):
            yield node.lineno, ELSEWHERE


def place_problems(root: Path, features: set[str]) -> Iterator[str]:
    """What has no place among the layers of pyproject.toml, or does not keep to it.

    A feature needs none of its own: one that is not named there stands beside those that are.
    """
    layers = layers_of(root)
    named = set().union(*layers)
    beside = next((place for place, names in enumerate(layers) if names & features), 0)
    above, below = set().union(*layers[:beside]), set().union(*layers[beside + 1 :])
    for path in sorted((root / "app").iterdir()):
        module = path.suffix == ".py" or (path / "__init__.py").is_file()
        if module and path.stem not in named | features | {"__init__"}:
            yield (
                f"app/{path.name}: has no place. Make it a feature, or name it among the layers in pyproject.toml."
            )
    for path in sorted((root / "app").rglob("*.py")):
        where = path.relative_to(root)
        own = where.parts[1].removesuffix(".py")
        for line, name in imported(ast.parse(path.read_text())):
            target = name.split(".")[1] if name.startswith("app.") else own
            if target == own or own == "__init__":
                continue
            if own in features - named and target not in below:
                yield f"{where}:{line}: imports {name}. Features do not see one another, nor what stands above them."
            if target in features - named and own not in above:
                yield f"{where}:{line}: imports {name}. Nothing below the commands knows a feature."


def layers_of(root: Path) -> list[set[str]]:
    """The layers that pyproject.toml names, the highest first."""
    if not (root / "pyproject.toml").is_file():
        return []
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [{name.strip(" ()") for name in layer.replace(":", "|").split("|")} for layer in layers]


def module_problems(path: Path, tree: ast.Module, *, feature: bool) -> Iterator[tuple[int, str]]:
    """Line and rule of everything that a module of this path may not do."""
    role = path.stem.rpartition("_")[2] if path.stem not in EDGE else path.stem
    edge, routes = role in EDGE, role == "routes"
    outside_web = "web" not in path.parts and "commands" not in path.parts
    for line, name in imported(tree):
        top = name.partition(".")[0]
        if feature and not edge and (top in FLASK or name.startswith("app.web.")):
            yield line, f"imports {name}. Only modules called {', '.join(sorted(EDGE))} know of HTTP."
        if outside_web and name in CLOCK and not routes and path.stem != "sign_in":
            yield line, f"imports {name}. Take the time from the act; only routes read the clock."
        if feature and routes and (top == "sqlalchemy" or name.startswith("app.models")):
            yield line, f"imports {name}. Routes do not query: ask a service."
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCK_CALLS and path.parts[1] != "web":
            yield node.lineno, f"calls {ast.unparse(node.func)}. Take the time from the act."
        if isinstance(node, ast.FunctionDef) and not edge and path.parts[1] not in {"web", "commands"}:
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if sum(each.arg not in {"self", "cls"} for each in given) > MOST_PARAMETERS:
                yield (
                    node.lineno,
                    f"{node.name} takes more than {MOST_PARAMETERS} parameters. Give them a name together.",
                )


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and whole name of everything imported, but for the type checker alone."""
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


if __name__ == "__main__":
    found = list(problems(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
    sys.stdout.write("\n".join(found or ["The house is in order."]) + "\n")
    sys.exit(bool(found))
