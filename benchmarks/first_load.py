"""What a question page weighs on its first visit, and what Lighthouse says of four pages.

.venv/bin/python benchmarks/first_load.py                       # bytes over the wire, with an empty cache
npm install --prefix /tmp/lighthouse lighthouse@12              # 200 packages, 20 seconds; needs Node 18 and chromium
.venv/bin/python benchmarks/first_load.py --lighthouse /tmp/lighthouse/node_modules/.bin/lighthouse
"""

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import Request, urlopen

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from app.models import Case
from tests import databases
from tests.browsing import as_patient
from tests.e2e.pages import seed
from tests.e2e.site import Site, open_site

MOST = 60_000
"""Bytes a phone may have to load for its first question page: 2 seconds on slow 3G."""
PAGES = (("", "/"), ("full", "/intake/head"), ("full", "/intake/sign"), ("sent", "/intake/confirmation"))
ASKED = (
    "you",
    "measures",
    "reasons",
    "safety_rows",
    "head",
    "medicines",
    "phq9",
    "fu_effects",
    "fu_mood",
    "substances",
)
STATIC = Path(__file__).parent.parent / "app" / "static"


def cookies(site: Site) -> dict[str, str]:
    """The cookie that opens each form."""
    with site.records() as session:
        cases: dict[str, Case] = seed(session)
        session.flush()
        found = {"": ""}
        for name, case in cases.items():
            held = as_patient(site.app.test_client(), case).get_cookie("foreroom")
            assert held
            found[name] = f"foreroom={held.value}"
    return found


def fetched(url: str, cookie: str) -> tuple[int, str]:
    """Bytes of headers and body as they come over the wire, and the text (brotli's is left out: only files have it)."""
    with urlopen(Request(url, headers={"Cookie": cookie, "Accept-Encoding": "gzip, br"})) as answer:
        body = answer.read()
        packed = answer.headers.get("Content-Encoding")
        text = gzip.decompress(body) if packed == "gzip" else b"" if packed else body
        return len(body) + len(str(answer.headers)), text.decode("utf-8", "replace")


def first_load(url: str, cookie: str) -> dict[str, int]:
    """Bytes by file: the page and all it links to."""
    size, html = fetched(url, cookie)
    sizes = {"page": size}
    linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    script = (STATIC / "foreroom.js").read_text("utf-8")
    linked += [f"/static/{name}" for name in re.findall(r'from "\./([^"]+)"', script)]
    for path in linked:
        sizes[path.split("?")[0].rsplit("/", 1)[1]] = fetched(urljoin(url, path), "")[0]
    return sizes


def audit(program: str, url: str, cookie: str, folder: Path) -> tuple[dict[str, int], list[str]]:
    """Lighthouse's scores of a page, and what cost points."""
    out, headers = folder / "report.json", folder / "headers.json"
    headers.write_text(json.dumps({"Cookie": cookie} if cookie else {}))
    subprocess.run(
        [program, url, "--quiet", "--output=json", f"--output-path={out}", f"--extra-headers={headers}",
         "--only-categories=accessibility,best-practices,performance",
         "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage"],
        check=True, env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""},
    )  # fmt: skip
    found = json.loads(out.read_text())
    scores = {name: round(100 * each["score"]) for name, each in found["categories"].items()}
    lost = [
        ref["id"]
        for name in ("accessibility", "best-practices")
        for ref in found["categories"][name]["auditRefs"]
        if ref["weight"] and (found["audits"][ref["id"]]["score"] or 0) < 1
        and found["audits"][ref["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]  # fmt: skip
    return scores, lost


def main() -> None:
    """Print one line a page."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--lighthouse", help="the program, as npm installed it")
    program = asked.parse_args().lighthouse
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "--quiet", str(STATIC)], check=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.new_database("sqlite", Path(folder), "first-load") as template,
    ):
        databases.upgrade(template, kind="demo")
        measure(Path(folder), template, program)


def measure(folder: Path, template: str, program: str | None) -> None:
    """Open each page once, at a site of a copy of the database `template`."""
    with open_site(folder, template) as site:
        held = cookies(site)
        for page in ASKED:
            sizes = first_load(
                f"{site.url}/intake/{page}", held["checking" if page.startswith("fu_") else "full"]
            )
            total = sum(sizes.values())
            told = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
            print(f"{page:14} {total:7,} of {MOST:,} bytes {'ok' if total < MOST else 'TOO MANY'} ({told})")
        if program is None:
            return
        for form, path in PAGES:
            scores, lost = audit(program, site.url + path, held[form], folder)
            print(f"{path:22} {scores} {'lost points: ' + ', '.join(lost) if lost else ''}")


if __name__ == "__main__":
    main()
