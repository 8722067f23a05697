"""flask mentions tells how a text is read, and flask mention-weights learns from lists."""

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.commands import mention_weights as command
from app.commands.mentions import mentions_command
from app.screening import mention_classifier
from app.screening.mention_words import SUBJECTS


def told(*texts: str) -> str:
    result = CliRunner().invoke(mentions_command, list(texts))
    assert result.exit_code == 0, result.output
    return result.output


def test_it_tells_which_phrase_was_found_and_what_it_scores() -> None:
    lines = told("I had a seizure in 2019")
    assert "  phrase      seizures: seizure\n" in lines
    assert "  score       seizures: +" in lines
    assert "  mentions    seizures: “I had a seizure in 2019”\n" in lines


def test_it_tells_what_was_taken_for_no_mention() -> None:
    lines = told("never had a seizure", "fine so far")
    assert "  no mention  seizures: seizure (denied" in lines
    assert lines.count("  mentions    nothing\n") == 2


def test_of_what_was_taken_for_no_mention_it_tells_the_higher_bound() -> None:
    lines = told("they asked me at the ER if i wanted to die, i lied and said no but i do")
    assert "enough from +3.0 on" in lines
    assert lines.count("  no mention  suicide: ") == 1
    assert "  mentions    suicide: " in lines


class Rows(list[dict[int, float]]):
    """Stands in for scipy's matrix: a dictionary a row."""

    def __init__(self, parts: Any, shape: tuple[int, int]) -> None:
        values, columns, ends = parts
        super().__init__(
            dict(zip(columns[begin:end], values[begin:end], strict=True)) for begin, end in pairwise(ends)
        )
        self.width = shape[1]


class Regression:
    """Stands in for scikit-learn's: a feature weighs how much oftener it stands in sentences of the subject."""

    def __init__(self, **how: Any) -> None:
        assert how["class_weight"] == "balanced"

    def fit(self, matrix: Rows, labels: Sequence[bool]) -> "Regression":
        counts = {True: Counter[int](), False: Counter[int]()}
        for row, label in zip(matrix, labels, strict=True):
            counts[label].update(row.keys())
        many = max(1, sum(labels))
        others = max(1, len(labels) - sum(labels))
        self.coef_ = [[9 * (counts[True][n] / many - counts[False][n] / others) for n in range(matrix.width)]]
        self.intercept_ = [-3.0]
        return self

    def decision_function(self, matrix: Rows) -> list[float]:
        return [
            self.intercept_[0] + sum(self.coef_[0][n] * value for n, value in row.items()) for row in matrix
        ]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, held in (("sklearn.linear_model", Regression), ("scipy.sparse", Rows)):
        module = ModuleType(name)
        setattr(module, "LogisticRegression" if held is Regression else "csr_matrix", held)
        monkeypatch.setitem(sys.modules, name.partition(".")[0], ModuleType(name.partition(".")[0]))
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(command, "TABLE", tmp_path / "weights.tsv")
    return tmp_path / "weights.tsv"


def learn(folder: Path, lines: str) -> Result:
    (folder / "said.csv").write_text(f"text,subjects\n{lines}", encoding="utf-8")
    return CliRunner().invoke(command.mention_weights, [str(folder / "said.csv")])


def test_a_table_is_learned_that_the_classifier_reads(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(f"the zorbles came back {n},seizures\nthe garden came back {n},\n" for n in "abcdefgh")
    assert learn(table.parent, lines).exit_code == 0
    mention_classifier.weights.cache_clear()
    monkeypatch.setattr(mention_classifier, "table_text", lambda name: table.read_text(encoding="utf-8"))
    learned = mention_classifier.weights()
    try:
        assert list(learned.bounds) == sorted(SUBJECTS)
        assert "the zorbles" in learned.of
        place = learned.place["seizures"]
        assert mention_classifier._lanes(learned.of["zorbles"])[place] > mention_classifier.ZERO
        assert mention_classifier._lanes(learned.of["garden"])[place] < mention_classifier.ZERO
        assert learned.bounds["seizures"].unseen < learned.bounds["stroke"].unseen == command.NEVER
    finally:
        mention_classifier.weights.cache_clear()


def test_a_label_that_is_no_subject_is_refused_and_nothing_is_written(table: Path) -> None:
    result = learn(table.parent, "the zorbles came back,zorbles\n")
    assert result.exit_code == 2
    assert "said.csv has a subject that is none: zorbles" in result.output
    assert not table.exists()


def test_without_scikit_learn_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    result = learn(tmp_path, "fine so far,\n")
    assert result.exit_code == command.NOT_INSTALLED
    assert "docs/free-text.md" in result.output


@pytest.mark.parametrize(
    ("scored", "bound"),
    [
        ([(3.0, True), (2.0, True), (1.0, False)], 2.0),
        ([(3.0, True), (2.0, False), (1.0, True)], 1.0),
        ([(3.0, False), (2.0, False), (1.0, True)], command.NEVER),
        ([], command.NEVER),
    ],
)
def test_a_bound_is_where_most_is_gained(scored: list[tuple[float, bool]], bound: float) -> None:
    assert command.best_bound(scored, cost=0.5) == bound
