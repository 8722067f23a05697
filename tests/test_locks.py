"""What is installed is exactly what was locked, checked by its hash, and no more than the product needs."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.databases import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(lock: str) -> Iterator[tuple[str, str]]:
    """(name, version and condition) of each package, raising when a line is no pin."""
    text = (ROOT / lock).read_text().replace("\\\n", "")
    for line in filter(None, text.splitlines()):
        if not line.lstrip().startswith("#"):
            found = re.match(r"([a-z0-9-]+)==([^#]*?)\s+--hash=sha256:[0-9a-f]{64}", line)
            assert found, line[:80]
            yield found[1], found[2]


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {re.split(r"[=<>\[]", each)[0] for each in project["project"]["dependencies"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_its_hashes_and_no_address(lock: str) -> None:
    assert len(set(pins(lock))) > 20
    assert "//" not in (ROOT / lock).read_text()


def test_tests_run_on_what_the_product_runs_on() -> None:
    assert set(pins("requirements.lock")) <= set(pins("requirements-dev.lock"))


def test_what_is_declared_is_locked_and_there_is_little_of_it() -> None:
    assert declared() <= {name for name, _ in pins("requirements.lock")}
    assert len(declared()) <= 25
