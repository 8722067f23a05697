"""flask mention-weights: learns the weights of the classifier of free text anew, from labelled sentences.

It needs scikit-learn, a tool of the maintainers and none of the server's: docs/free-text.md says how to get it.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import click

from app import screening
from app.screening.mention_classifier import STEP, ZERO, Bounds, letter_features, signs, word_features
from app.screening.mention_text import WrittenText
from app.screening.mention_words import SUBJECTS
from app.screening.mentions import by_phrases

TABLE = Path(screening.__file__).parent / "data" / "mention_weights.tsv"
FEWEST = 3
"""In how many sentences a feature must stand to be learned."""
STRENGTH = 30.0
"""How far weights may go: scikit-learn's C."""
FOLDS = 3
"""In how many parts the lists are cut to find the bounds: each is judged by what was learned from the others."""
USUAL_COST, COST = 0.55, {"suicide": 0.1}
"""What one needless flag costs, where one missed mention costs one; less for the gravest subject."""
LIMITS = Bounds(found=-2.0, refused=3.0, unseen=-0.5)
"""What phrases found is dropped below the first at most. What they took for denied is added above the second at least,
of the gravest subject alone, and what they did not see above the third."""
NEVER = 99.0
"""A bound that no score reaches."""
LARGEST = 46
"""The largest weight, in steps: each has a printable sign."""
NOT_INSTALLED = 3


class Labelled(NamedTuple):
    """A sentence, and what is known of it."""

    text: str
    subjects: frozenset[str]
    """The subjects that it truly mentions."""
    known: bool
    """Whether phrases were written with it at hand: how well they do on it says nothing."""


class Model(Protocol):
    """What was learned of one subject, as scikit-learn has it."""

    coef_: Any
    intercept_: Any

    def decision_function(self, matrix: Any) -> Iterable[float]:
        """The scores of sentences."""


_LIST = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("lists", nargs=-1, required=True, type=_LIST)
@click.option("--known", multiple=True, type=_LIST, help="A list that phrases were written with.")
def mention_weights(lists: tuple[Path, ...], known: tuple[Path, ...]) -> None:
    """Learn from LISTS of labelled sentences, and write app/screening/data/mention_weights.tsv.

    A list is a CSV file with the columns text and subjects.
    """
    try:
        learner = Learner([*read(known, known=True), *read(lists, known=False)])
    except ImportError:
        click.echo("scikit-learn is not installed. docs/free-text.md says how to get it.", err=True)
        sys.exit(NOT_INSTALLED)
    lines = list(learner.table())
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    click.echo(f"Learned from {len(learner.sentences)} sentences: wrote {len(lines)} lines.")


def read(paths: Iterable[Path], *, known: bool) -> Iterator[Labelled]:
    """The sentences of lists. Raises click.BadParameter for a subject that is none."""
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                subjects = frozenset(filter(None, row["subjects"].split(";")))
                if wrong := subjects - SUBJECTS.keys():
                    raise click.BadParameter(f"{path.name} has a subject that is none: {', '.join(wrong)}")
                yield Labelled(row["text"], subjects, known)


class Learner:
    """Logistic regressions, one a subject, over the features of sentences. Raises ImportError without scikit-learn."""

    def __init__(self, sentences: Sequence[Labelled]) -> None:
        self.regression = import_module("sklearn.linear_model").LogisticRegression
        self.matrix = import_module("scipy.sparse").csr_matrix
        self.sentences = sentences
        self.subjects = sorted(SUBJECTS)
        self._features = [_features(one.text) for one in sentences]

    def table(self) -> Iterator[str]:
        """The lines of the table."""
        bounds = self.bounds()
        vocabulary, models = self._learned(range(len(self.sentences)))
        yield "// The classifier of free text (mention_classifier). Made by flask mention-weights, not by hand."
        yield "// After a feature a sign a subject: O is no weight, P one step more, N one step less."
        yield "\t".join(("=subject", *self.subjects))
        yield "\t".join(("=bias", *(f"{model.intercept_[0]:.3f}" for model in models)))
        for name in Bounds._fields:
            yield "\t".join((f"={name}", *(f"{getattr(one, name):.2f}" for one in bounds)))
        steps = {
            feature: [max(-LARGEST, min(LARGEST, round(model.coef_[0][place] / STEP))) for model in models]
            for feature, place in vocabulary.items()
        }
        for feature in sorted(with_beginnings(feature for feature, of in steps.items() if any(of))):
            yield f"{feature}\t{''.join(chr(ZERO + step) for step in steps[feature])}"

    def bounds(self) -> list[Bounds]:
        """For each subject the bounds that are best for sentences that nothing was learned from."""
        scored = list(self._scored())
        told = {number: _told(self.sentences[number].text) for number, _ in scored}
        found = []
        for place, subject in enumerate(self.subjects):
            groups: dict[str, list[tuple[float, bool]]] = {name: [] for name in Bounds._fields}
            for number, scores in scored:
                phrased, refused = told[number]
                group = "found" if subject in phrased else "refused" if subject in refused else "unseen"
                groups[group].append((scores[place], subject in self.sentences[number].subjects))
            best = Bounds(
                **{name: best_bound(group, COST.get(subject, USUAL_COST)) for name, group in groups.items()}
            )
            found.append(
                Bounds(
                    found=min(LIMITS.found, best.found),
                    refused=max(LIMITS.refused, best.refused) if subject in COST else NEVER,
                    unseen=max(LIMITS.unseen, best.unseen),
                )
            )
        return found

    def _scored(self) -> Iterator[tuple[int, tuple[float, ...]]]:
        """The sentences that phrases had not seen, each with its scores by what was learned from other parts."""
        for fold in range(FOLDS):
            held = [n for n, one in enumerate(self.sentences) if not one.known and _fold(one.text) == fold]
            vocabulary, models = self._learned(sorted(set(range(len(self.sentences))).difference(held)))
            matrix = self._rows(held, vocabulary)
            columns = [model.decision_function(matrix) for model in models]
            yield from zip(held, zip(*columns, strict=True), strict=True)

    def _learned(self, numbers: Sequence[int]) -> tuple[dict[str, int], list[Model]]:
        """The places of the features, and what was learned of each subject."""
        count = Counter(feature for number in numbers for feature in self._features[number])
        features = sorted(feature for feature, many in count.items() if many >= FEWEST)
        vocabulary = {feature: place for place, feature in enumerate(features)}
        matrix = self._rows(numbers, vocabulary)
        models = [
            self.regression(C=STRENGTH, class_weight="balanced", solver="liblinear", random_state=0).fit(
                matrix, [subject in self.sentences[number].subjects for number in numbers]
            )
            for subject in self.subjects
        ]
        return vocabulary, models

    def _rows(self, numbers: Sequence[int], vocabulary: Mapping[str, int]) -> Any:
        values: list[float] = []
        columns: list[int] = []
        ends = [0]
        for number in numbers:
            features = self._features[number]
            scale = features.total() ** -0.5
            for feature, many in features.items():
                if feature in vocabulary:
                    columns.append(vocabulary[feature])
                    values.append(many * scale)
            ends.append(len(columns))
        return self.matrix((values, columns, ends), shape=(len(numbers), len(vocabulary)))


def best_bound(scored: Iterable[tuple[float, bool]], cost: float) -> float:
    """The score from which on most is gained: a true one gains one, a false one loses `cost`."""
    gain, most, bound = 0.0, 0.0, NEVER
    for score, true in sorted(scored, reverse=True):
        gain += 1 if true else -cost
        if gain > most:
            most, bound = gain, score
    return bound


def with_beginnings(features: Iterable[str]) -> set[str]:
    """Features, and of those of several words what they begin with: a longer one is looked for after a shorter."""
    return {
        " ".join(words[:length])
        for words in (feature.split(" ") for feature in features)
        for length in range(1, len(words) + 1)
    }


def _told(text: str) -> tuple[set[str], set[str]]:
    """The subjects that phrases find, and those they take for none."""
    found, refused = by_phrases(WrittenText(text))
    return {subject for subject, _ in found}, {match.subject for match in refused}


def _features(text: str) -> Counter[str]:
    words = WrittenText(text).words
    features = Counter(word_features(signs(words)))
    for plain in {word.plain for word in words}:
        features.update(letter_features(plain))
    return features


def _fold(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[1] % FOLDS
