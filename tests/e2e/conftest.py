"""A real browser and a running clinic. Without a browser these tests are skipped, and fail in CI.

One browser a worker; each visitor is a context of it, which knows nothing of the others.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import databases
from tests.e2e.site import Site, open_site
from tests.e2e.visitor import SOUND, Visitor

# The first has no windows of its own, which cost more than many a page in them.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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
def site(tmp_path: Path, template: Callable[..., str]) -> Iterator[Site]:
    """A clinic of this test's own."""
    with open_site(tmp_path, template("sqlite")) as opened:
        yield opened


@pytest.fixture(scope="session")
def sound(run_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where this run's workers tell each other which pages axe found nothing in."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if run_id.startswith("alone") else base.parent) / "sound"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SOUND, str(folder))
        yield


@pytest.fixture(scope="session")
def chromium(sound: None) -> Iterator[Browser]:
    """A chromium, started once a worker: starting one costs more than most tests do in it."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        (pytest.fail if databases.in_ci() else pytest.skip)("there is no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def browser(chromium: Browser, site: Site) -> Iterator[Browser]:
    """The worker's browser. Whatever the test opened in it is closed before its clinic is."""
    before = set(chromium.contexts)
    yield chromium
    for context in set(chromium.contexts) - before:
        context.close()


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
