"""The clinic's clock, and a mailbox of the test's own."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.intake.conftest import clock
from tests.mailing import Post

__all__ = ["clock"]


@pytest.fixture
def post_office(app: Flask, tmp_path: Path) -> Post:
    """Where this test's mail goes."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], instance=tmp_path)
    return Post(app)
