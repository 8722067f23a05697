"""flask serve: run the clinic on this machine, behind whatever ends TLS for it."""

from __future__ import annotations

from typing import Any, cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.commands.database import transaction
from app.jobs import worker
from app.models import NotDurable, check_durable
from app.web.extensions import db
from app.web.form_switch import missing_for_form


def listen(app: Flask, host: str, port: int) -> Any:
    """A server that holds the port and is not running yet, so that a taken one fails at once.

    Raises ClickException, also when the database could lose what it confirms.
    """
    from waitress.server import create_server

    try:
        check_durable(db.engine)
        # Slow readers and slow writers hold a connection, never a thread, and none of them for ever.
        return create_server(
            app,
            host=host,
            port=port,
            threads=8,
            connection_limit=400,
            channel_timeout=20,
            # Above this the server hangs up by itself; below, our own page says what is too large.
            max_request_body_size=64 * 1024 * 1024,
            ident=None,
        )
    except NotDurable as problem:
        raise click.ClickException(str(problem)) from None
    except OSError as problem:
        raise click.ClickException(f"Port {port} cannot be used ({problem.strerror}). Try --port.") from None


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@with_appcontext
def serve(host: str, port: int) -> None:
    """Serve the clinic. Bring the database up to date first: alembic upgrade head."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined] # the app behind the proxy
    with transaction() as session:
        missing = missing_for_form(session)
    server = listen(app, host, port)
    click.echo(f"Listening on http://{host}:{port}", err=True)
    if missing:
        click.echo(f"Patients cannot fill in forms yet. Still needed: {', '.join(missing)}.", err=True)
    try:
        with worker.running(app):
            server.run()
    except KeyboardInterrupt:
        server.close()
