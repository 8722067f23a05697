"""flask mentions: what free texts are read to mention, and why."""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.screening.mention_classifier import judged, speaking, weights
from app.screening.mention_text import WrittenText
from app.screening.mentions import by_phrases, mentions

TOLD = 5
"""How many words are told of a score."""


@click.command("mentions")
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
def mentions_command(texts: tuple[str, ...]) -> None:
    """Show what each TEXT would be read to mention in a box for something else, and by which reader.

    Nothing is stored. Put a TEXT of several words in quotes.
    """
    for text in texts:
        click.echo("\n".join(reading(text)))


def reading(text: str) -> Iterator[str]:
    """The lines about one text."""
    read = WrittenText(text)
    found, refused = by_phrases(read)
    mentioned = {mention.subject: mention.words for mention in mentions(text)}
    yield text
    for subject, match in found.items():
        yield f"  phrase      {subject}: {read.between(match.first, match.last + 1)}"
    for subject in sorted(refused):
        yield f"  no mention  {subject}: denied, supposed, somebody else's, or only looks like it"
    for piece in judged(read):
        for subject, bounds in weights().bounds.items():
            score = piece.scores[weights().place[subject]]
            if score >= bounds.unseen or subject in found:
                words = ", ".join(
                    f"{name} {weight:+.1f}" for name, weight in speaking(read, piece, subject)[:TOLD]
                )
                bound = bounds.found if subject in found else bounds.unseen
                yield f"  score       {subject}: {score:+.1f}, enough from {bound:+.1f} on ({words})"
    for subject, words in mentioned.items():
        yield f"  mentions    {subject}: “{words}”"
    if not mentioned:
        yield "  mentions    nothing"
