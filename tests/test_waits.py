"""No test waits without a bound: what hangs fails its own test."""

import ast

import pytest

from tests.databases import ROOT

TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if path.name != "waiting.py")


def unbounded(text: str) -> list[str]:
    """Calls that could wait for ever, as they are written."""
    found = []
    for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
        what, given = ast.unparse(call.func), {word.arg for word in call.keywords}
        name = what.rpartition(".")[2]
        if (
            (
                name in ("wait", "join", "result", "communicate")
                and "." in what
                and not call.args
                and not given
            )
            or (what in ("subprocess.run", "urlopen", "urllib.request.urlopen") and "timeout" not in given)
            or name in ("Popen", "ThreadPoolExecutor", "ProcessPoolExecutor")
            or (name == "Thread" and "daemon" not in given)
        ):
            found.append(ast.unparse(call))
    return found


def test_every_wait_has_an_end() -> None:
    found = {str(path.relative_to(ROOT)): unbounded(path.read_text()) for path in TESTS}
    assert {path: calls for path, calls in found.items() if calls} == {}, (
        "tests/waiting.py has these with an end"
    )


@pytest.mark.parametrize(
    "text",
    [
        "run.wait()",
        "thread.join()",
        "subprocess.run(['x'])",
        "Thread(target=f)",
        "Popen(['x'])",
        "a.result()",
    ],
)
def test_the_check_finds_what_has_none(text: str) -> None:
    assert unbounded(text)
    assert not unbounded('"".join(a), clock.wait(minutes=1), subprocess.run(a, timeout=1), thread.join(2)')
