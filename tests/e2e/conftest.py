"""A real browser and a running clinic. Without a browser these tests are skipped, and fail in CI."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import databases
from tests.e2e.site import Site, open_site
from tests.e2e.visitor import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome")
# It must ask nobody for updates, and it runs as root on a machine of ours.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
)
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A clinic of this test's own."""
    with open_site(tmp_path) as opened:
        yield opened


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Debian's chromium. Open the clinic before: while Playwright's loop runs, Flask cannot open one here."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        (pytest.fail if databases.in_ci() else pytest.skip)("there is no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    """A browser, started once the clinic is open."""
    with open_browser() as started:
        yield started


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    """A phone and a desk."""
    return SIZES[request.param]


@pytest.fixture
def visitor(browser: Browser, site: Site, size: dict[str, int]) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each with a browser that knows nothing of the others, all of one size of window."""
    contexts = []

    def arrive(**options: bool) -> Visitor:
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(15_000)
        return Visitor(context, site.url, scripts=options.get("java_script_enabled", True))

    yield arrive
    for context in contexts:
        context.close()
