"""The commands that `flask` knows in this folder. Each says with --help what it takes."""

from importlib import import_module

from flask import Flask

FILES_ONLY = {
    "docs": "docs",
    "medicines": "medicines",
    "mention_weights": "mention_weights",
    "mentions": "mentions_command",
    "names": "names",
    "screen": "screen",
    "texts": "texts_command",
    "version": "version",
}
"""Those that read and write files alone, each in the module of its name."""


def files_only(name: str) -> Flask:
    """An app with no clinic behind it: no settings, no keys, no database, and only this command to load.

    A case can be screened, and the documents written, on a machine where nothing was set up.
    """
    app = Flask(__name__, static_folder=None)
    app.cli.add_command(getattr(import_module(f"app.commands.{name}"), FILES_ONLY[name]))
    return app


def init_app(app: Flask) -> None:
    """Give `app` every command."""
    from app.commands.demo import demo
    from app.commands.docs import docs
    from app.commands.medicines import medicines
    from app.commands.mention_weights import mention_weights
    from app.commands.mentions import mentions_command
    from app.commands.names import names
    from app.commands.records import audit, recount
    from app.commands.rulebook import rulebook
    from app.commands.screen import screen
    from app.commands.serve import serve
    from app.commands.staff import invite, user
    from app.commands.synth import synth
    from app.commands.texts import texts_command
    from app.commands.version import version

    for command in (
        audit,
        demo,
        docs,
        invite,
        medicines,
        mention_weights,
        mentions_command,
        names,
        recount,
        rulebook,
        screen,
        serve,
        synth,
        texts_command,
        user,
        version,
    ):
        app.cli.add_command(command)
