"""The settings that the running app was made with."""

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from config import Settings


def current_settings() -> "Settings":
    """The settings this app was made with."""
    return cast("Settings", current_app.config["SETTINGS"])
