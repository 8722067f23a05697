"""The application a server runs, and the one the flask command finds in the project's folder."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app import commands

if TYPE_CHECKING:
    from flask import Flask


def find_app() -> "Flask":
    """The clinic's application, or none of a clinic for a command that only reads files.

    Ends the program with a plain message when a setting is wrong.
    """
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    if Path(sys.argv[0]).stem in ("flask", "__main__") and wanted in commands.FILES_ONLY:
        return commands.files_only(wanted)
    from app import create_app
    from config import ConfigError, Settings

    try:
        return create_app(Settings.from_env(os.environ))
    except ConfigError as problem:
        sys.exit(f"Foreroom cannot start. {problem}")


app = find_app()
