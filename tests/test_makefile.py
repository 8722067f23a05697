"""make install on machines that are not ours: another Python than 3.11, and a certificate authority of the network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHONS = ("python3", "python3.11", "python3.12", "python3.13")


def planned(folder: Path, able: str | None, **more: str) -> subprocess.CompletedProcess[str]:
    """What `make` would do to bring uv, where of all Pythons only `able` is new enough."""
    shutil.copy(ROOT / "Makefile", folder)
    for name in PYTHONS:
        (folder / name).write_text(
            f'#!/bin/sh\nexec "{sys.executable}" "$@"\n' if name == able else "exit 1\n"
        )
        (folder / name).chmod(0o755)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "UV_", "MAKE"))
    }
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    command = ["make", "--eval=told:;@env", "--dry-run" if not more else "--silent"]
    return subprocess.run(
        [*command, "told" if more else ".venv-uv/bin/uv"],
        cwd=folder, env=kept | {"PATH": path}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("able", PYTHONS)
def test_whichever_python_is_new_enough_is_taken(tmp_path: Path, able: str) -> None:
    assert f"\n{able} -m venv .venv-uv\n" in "\n" + planned(tmp_path, able).stdout


def test_where_none_is_make_says_what_it_needs(tmp_path: Path) -> None:
    assert 'test -n ""' in planned(tmp_path, None).stdout
    assert "Foreroom needs Python 3.11 or newer" in planned(tmp_path, None).stdout


def test_uv_and_pip_trust_whom_the_machine_trusts(tmp_path: Path) -> None:
    assert "UV_SYSTEM_CERTS=true\n" in planned(tmp_path, "python3", told="yes").stdout
    assert "PIP_CERT=" in planned(tmp_path, "python3").stdout
