"""The summary of the rulebook on paper."""

import html
import re
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser

RULEBOOK = Path(__file__).parents[2] / "docs/rulebook.md"
STYLE = """
@page { size: A4; margin: 15mm }
body { font: 8pt/1.15 "DejaVu Sans", sans-serif; margin: 0 }
h2, h3, p { font-size: 8pt; margin: 2pt 0 }
table { border-collapse: collapse; width: 100% }
td { border: 0.5pt solid; padding: 0.5pt 2pt; vertical-align: top }
"""
"""Letters that can be read, in a wide face, with no more room around them than cells need."""


def block(kind: str, lines: list[str]) -> str:
    """Lines of Markdown of one kind, as far as a summary needs it, as HTML."""
    if kind == "|":
        cells = ("</td><td>".join(line.strip("|").split("|")) for line in lines if not line.startswith("|-"))
        return f"<table>{''.join(f'<tr><td>{row}</td></tr>' for row in cells)}</table>"
    return f"<h3>{lines[0]}</h3>" if kind == "#" else f"<p>{' '.join(lines)}</p>"


def test_the_summary_of_the_rulebook_takes_two_pages(chromium: Browser) -> None:
    summary = RULEBOOK.read_text(encoding="utf-8").partition("\n## Summary\n")[2].partition("\n## ")[0]
    text = re.sub(r"\[([^]]*)\]\(#[^)]*\)", r"\1", html.escape(summary, quote=False))
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    groups = groupby(text.splitlines(), lambda line: line[:1] if line[:1] in ("", "|", "#") else "p")
    blocks = (block(kind, list(lines)) for kind, lines in groups if kind)
    page = chromium.new_page()
    page.set_content(f"<!doctype html><title>Summary</title><style>{STYLE}</style>{''.join(blocks)}")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
