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
        # Several phrases may be of the same words.
        click.echo("\n".join(dict.fromkeys(reading(text))))


def reading(text: str) -> Iterator[str]:
    """The lines about one text."""
    read = WrittenText(text)
    found, refused = by_phrases(read)
    mentioned = {mention.subject: mention.words for mention in mentions(text)}
    yield text
    for subject, match in found:
        yield f"  phrase      {subject}: {read.between(match.first, match.last + 1)}"
    for match in refused:
        words = read.between(match.first, match.last + 1)
        yield f"  no mention  {match.subject}: {words} (denied, supposed, somebody else's, or only looks like it)"
    phrased = {subject for subject, _ in found}
    for piece in judged(read):
        for subject, bounds in weights().bounds.items():
            score = piece.scores[weights().place[subject]]
            if score >= bounds.unseen or subject in phrased:
                words = ", ".join(
                    f"{name} {weight:+.1f}" for name, weight in speaking(read, piece, subject)[:TOLD]
                )
                denied = any(match.subject == subject and piece.holds(match) for match in refused)
                bound = bounds.found if subject in phrased else bounds.refused if denied else bounds.unseen
                yield f"  score       {subject}: {score:+.1f}, enough from {bound:+.1f} on ({words})"
    for subject, words in mentioned.items():
        yield f"  mentions    {subject}: “{words}”"
    if not mentioned:
        yield "  mentions    nothing"
