"""The application a server runs, and the one the flask command finds in the project's folder."""

import gc
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
    # What is made at the start stays to the end. To look through it for what may go takes a fifth of the start, and
    # nearly a tenth of a second every now and then while somebody waits for a page.
    gc.disable()
    from app import create_app
    from config import ConfigError, Settings

    try:
        made = create_app(Settings.from_env(os.environ))
    except ConfigError as problem:
        sys.exit(f"Foreroom cannot start. {problem}")
    gc.freeze()
    gc.enable()
    return made


app = find_app()
