"""The same security headers on every response: pages, files, redirects and errors of any part below."""

import gzip
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, Response, current_app, request
from whitenoise import WhiteNoise

from app.web.guards import guard_of

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=()"
    ),
}
STRICT_TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains"
NO_STORE = "no-store"
STATIC_FOREVER = "public, max-age=31536000, immutable"
STATIC_HOUR = "public, max-age=3600"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class SecurityHeaders:
    """A WSGI layer around everything else, so that no handler, extension or failure can leave a header out."""

    def __init__(self, inner: Wsgi, static_prefix: str, over_tls: bool) -> None:
        self.inner = inner
        self.static_prefix = static_prefix
        fixed = dict(SECURITY_HEADERS)
        if over_tls:
            fixed["Strict-Transport-Security"] = STRICT_TRANSPORT_SECURITY
        self.prepared = {
            caching: [*fixed.items(), ("Cache-Control", caching)]
            for caching in (NO_STORE, STATIC_HOUR, STATIC_FOREVER)
        }
        self.ours = frozenset(name.lower() for name in (*fixed, "Cache-Control"))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on, and set the headers on whatever comes back."""

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            kept = [header for header in headers if header[0].lower() not in self.ours]
            return start_response(status, kept + self.prepared[self._caching(environ, status)], *failure)

        return self.inner(environ, start)

    def _caching(self, environ: dict[str, Any], status: str) -> str:
        """Files may be kept: for good when their address names their content. Nothing else is kept at all."""
        if not environ.get("PATH_INFO", "").startswith(self.static_prefix) or not status.startswith(
            ("2", "304")
        ):
            return NO_STORE
        return STATIC_FOREVER if "v" in parse_qs(environ.get("QUERY_STRING", "")) else STATIC_HOUR


class _StaticFiles(WhiteNoise):  # type: ignore[misc] # it has no types
    """The static files. A smaller copy that is older than its file shows what was, and is not served."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        for smaller in (f"{path}.gz", f"{path}.br"):
            if smaller in stat_cache and stat_cache[smaller].st_mtime < stat_cache[path].st_mtime:
                stat_cache = {one: stat for one, stat in stat_cache.items() if one != smaller}
        super().add_file_to_dictionary(url, path, stat_cache)


def init_app(app: Flask) -> None:
    """Serve the static files (compressed where a smaller copy lies beside them) and set the headers on everything."""
    files = _StaticFiles(
        app.wsgi_app, root=app.static_folder, prefix="static/", allow_all_origins=False, max_age=None
    )
    app.wsgi_app = SecurityHeaders(  # type: ignore[method-assign] # how WSGI is wrapped
        files, f"{app.static_url_path}/", app.config["SETTINGS"].secure_cookies
    )
    app.after_request(_smaller)
    app.add_template_global(_FileAddresses(app).address, "file_address")


def _smaller(response: Response) -> Response:
    """Compress the pages that patients open: a phone with a bad connection waits for every kilobyte.

    Nothing that somebody else chose stands on them, so their size tells nobody of the token beside it (BREACH). That
    holds neither for what is posted, nor for staff, who read what strangers wrote.
    """
    guard = guard_of(current_app, request.endpoint or "")
    if (
        guard is None
        or guard.kind != "patient"
        or (request.method, response.status_code, response.mimetype) != ("GET", 200, "text/html")
        or response.is_streamed
    ):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(response.get_data(), compresslevel=4, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


class _FileAddresses:
    """The addresses of static files, each with a mark of its content: a new release is never mixed with an old one."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.known: dict[str, str] = {}

    def address(self, filename: str) -> str:
        """The address of a file, by its path below the folder of static files. Raises OSError when there is none."""
        if filename not in self.known:
            content = Path(str(self.app.static_folder), filename).read_bytes()
            self.known[filename] = (
                f"{self.app.static_url_path}/{filename}?v={sha256(content).hexdigest()[:12]}"
            )
        return f"{request.script_root}{self.known[filename]}"
