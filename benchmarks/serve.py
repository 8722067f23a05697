"""The server that is measured, in a process of its own: as `flask serve` makes it, and beside the product a bare
Flask view to compare it with. Settings come from the environment; the port goes to standard output.
"""

import os
import sys
from collections.abc import Callable, Iterable
from threading import Thread
from typing import Any

from flask import Flask

from app.commands.serve import listen
from wsgi import app

HELLO = "/bench/hello"


def _end_with_parent() -> None:
    """Standard input ends when whoever started this does, however that came about."""
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Serve until killed."""
    bare = Flask("hello", static_folder=None)
    bare.add_url_rule(HELLO, view_func=lambda: "Hello, World!")
    product = app.wsgi_app

    def either(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        serving = bare.wsgi_app if environ["PATH_INFO"] == HELLO else product
        return serving(environ, start_response)

    app.wsgi_app = either  # type: ignore[method-assign]
    with app.app_context():
        server = listen(app, "127.0.0.1", 0)
    Thread(target=_end_with_parent, daemon=True).start()
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main()
