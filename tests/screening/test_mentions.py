"""How well free text is read, on labelled sentences. `python -m tests.screening.test_mentions` prints every fault."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demo.people import SENTENCES
from app.screening.factbook.mentioned import TOLD
from app.screening.mention_words import MISSPELLED, NOT_MISSPELLED, SUBJECTS
from app.screening.mentions import QUOTED, mentions
from tests.strategies import steady

HERE = Path(__file__).parent
LISTS = ("mentions", "mentions_apart")
PAGE = HERE.parents[1] / "docs" / "free-text.md"
RECALL, PRECISION = 0.97, 0.90
# Subjects that were not yet looked for when the list was written.
NEWER = {"thyroid", "glaucoma"}


class Line(NamedTuple):
    text: str
    language: str
    kind: str
    wanted: frozenset[str]
    found: frozenset[str]


@cache
def read(name: str) -> tuple[Line, ...]:
    """A labelled list, and what is found in it."""
    with (HERE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Line(
                row["text"],
                row["language"],
                row["kind"],
                frozenset(filter(None, row["subjects"].split(";"))),
                frozenset(mention.subject for mention in mentions(row["text"])),
            )
            for row in csv.DictReader(file)
        )


class Score(NamedTuple):
    sentences: int
    wanted: int
    found: int
    right: int

    @classmethod
    def of(cls, lines: list[Line]) -> "Score":
        pairs = [(len(line.wanted), len(line.found), len(line.wanted & line.found)) for line in lines]
        return cls(len(lines), *(sum(column) for column in zip(*pairs, strict=True)))

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    def row(self, name: str) -> str:
        return (
            f"| {name} | {self.sentences} | {self.right} of {self.wanted} ({self.recall:.3f}) "
            f"| {self.right} of {self.found} ({self.precision:.3f}) |"
        )


def rows() -> list[str]:
    """The table of docs/free-text.md."""
    told = ["| List | Sentences | Recall | Precision |", "|---|---|---|---|"]
    for name in LISTS:
        lines = read(name)
        told.append(Score.of(list(lines)).row(f"**{name}**"))
        for field in ("language", "kind"):
            for value in sorted({getattr(line, field) for line in lines}):
                chosen = [line for line in lines if getattr(line, field) == value]
                told.append(Score.of(chosen).row(f"{name}: {value}"))
    return told


def test_the_list_is_large_and_names_every_subject_in_both_languages() -> None:
    lines = read("mentions")
    assert len(lines) >= 300
    assert len({line.text for line in lines}) == len(lines)
    for language in ("en", "es"):
        named = Counter(subject for line in lines if line.language == language for subject in line.wanted)
        assert set(named) == set(TOLD) - NEWER


def test_what_is_mentioned_is_found_and_little_else() -> None:
    score = Score.of(list(read("mentions")))
    assert score.recall >= RECALL
    assert score.precision >= PRECISION


def test_the_page_says_what_is_measured() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for row in rows():
        assert row in page, row


@pytest.mark.parametrize("text", [*SENTENCES, "", " ", "!?", "12345", "ñ", "\U0001f9e0"])
def test_harmless_texts_mention_nothing(text: str) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize(
    ("text", "subject", "words"),
    [
        ("Stroke in 2019. Well since", "stroke", "Stroke in 2019"),
        ("I’ve had SEIZURES", "seizures", "I’ve had SEIZURES"),
        ("no fever\nbut a séizure; then home", "seizures", "but a séizure"),
    ],
)
def test_words_are_quoted_exactly(text: str, subject: str, words: str) -> None:
    assert [(mention.subject, mention.words) for mention in mentions(text)] == [(subject, words)]


def test_each_subject_is_told_once_in_the_order_of_the_words() -> None:
    found = mentions("a stroke, then seizures, and another stroke")
    assert [mention.subject for mention in found] == ["stroke", "seizures"]


# What is written, in each way of saying and denying, and the subjects that it mentions.
KINDS: dict[str, dict[str, set[str]]] = {
    "a denial reaches through a list": {
        "no seizures, psychosis or heart trouble, never suicidal": set(),
        "no history of stroke, heart attacks, aneurysms, psychosis, mania, liver disease or porphyria": set(),
        "seizures, stroke, heart attack: none of these": set(),
        "nunca he tenido convulsiones, ni psicosis ni problemas del corazon": set(),
        "no seizures, stroke in 2019": {"stroke"},
        "no duermo y tengo ideas suicidas": {"suicide"},
        "never told anyone about my suicide attempt": {"suicide"},
        "not able to work with my epilepsy": {"seizures"},
    },
    "an answer": {
        "Epilepsy? No.": set(),
        "Epilepsy: no. Stroke: yes": {"stroke"},
        "HTN? N. Asthma? Y": set(),
        "Suicidal thoughts: none": set(),
        "derrame cerebral? gracias a dios no": set(),
        "a seizure? no idea": {"seizures"},
        "suicidal thoughts, no plan": {"suicide"},
        "epilepsia no tengo": set(),
        "cancer treatment - no thank god": set(),
    },
    "a question that was asked": {
        "my therapist asked if I was suicidal and I said no": set(),
        "they asked me if i wanted to die, i lied and said no": {"suicide"},
        "me preguntaron si queria morirme y dije que no": set(),
        "i asked for help because i was suicidal": {"suicide"},
        "my husband asked me why i want to die": {"suicide"},
        "the er doctor told me it was a heart attack": {"heart"},
        "can ketamine cause seizures?": set(),
    },
    "a likeness, and what it turned out to be": {
        "had a panic attack that felt like a heart attack": set(),
        "thought I was having a stroke but it was a migraine": set(),
        "fue como un infarto": set(),
        "chest pain but they said it was anxiety": {"chest-pain"},
    },
    "somebody else": {
        "a documentary about suicide": set(),
        "My brother is sick. He had a stroke last week": set(),
        "I live with my mom, had a stroke in 2019": {"stroke"},
        "my wife found me having a seizure": {"seizures"},
        "una paciente mia convulsiono": set(),
    },
    "a fear, and what is not only one": {
        "afraid of having a stroke": set(),
        "afraid my seizures come back": {"seizures"},
        "scared since my heart attack": {"heart"},
    },
    "described and not named": {
        "I black out sometimes and my wife says I jerk all over": {"seizures", "emergency"},
        "I have a gun and have thought about using it on myself": {"suicide"},
        "quiero pegarme un tiro": {"suicide"},
        "me diagnosticaron trastorno bipolar": {"mania"},
        "Graves disease, they cant get my levels right": {"thyroid"},
        "my eye pressure is high, 28": {"glaucoma"},
        "still breastfeeding my 4 month old": {"pregnancy"},
        "me meto keta los fines de semana": {"ketamine-use"},
        "on methadone at a clinic, 90mg daily": {"opioid-misuse"},
        "had my tubes tied, cant get pregnant": {"surgery"},
    },
    "a medicine": {
        "Kisqali since march": {"chemotherapy"},
        "took theolair as a kid": {"theophylline"},
        "bupivacaine at the dentist and my throat swelled": {"anesthetic-allergy", "rash"},
        "bupivacaine for my back": set(),
        "deflazacort gave me hives": {"steroid-allergy", "rash"},
        "deflazacort for my muscles": set(),
    },
    "as it is typed on a phone": {
        "i dnt wanna b here no more, kiero morirme": {"suicide"},
        "asthma w/o seizures": set(),
    },
}


@pytest.mark.parametrize(
    ("text", "subjects"),
    [pair for some in KINDS.values() for pair in some.items()],
    ids=lambda value: value if isinstance(value, str) else " ".join(sorted(value)),
)
def test_each_way_of_saying_it_is_read(text: str, subjects: set[str]) -> None:
    assert {mention.subject for mention in mentions(text)} == subjects


@steady
@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text: str) -> None:
    for mention in mentions(text):
        assert mention.words in text
        assert mention.subject in TOLD


@steady
@given(st.sampled_from([line for line in read("mentions") if line.wanted]), st.text("abc xyz", max_size=200))
def test_what_stands_in_a_sentence_of_its_own_changes_nothing(line: Line, before: str) -> None:
    found = {mention.subject for mention in mentions(f"{before}. {line.text}")}
    assert line.found <= found


def test_quotations_stay_short() -> None:
    assert all(
        len(mention.words) <= QUOTED + 40 for line in read("mentions") for mention in mentions(line.text * 5)
    )


def test_the_word_table_is_well_formed() -> None:
    phrase = re.compile(r"\[?[a-z0-9#*|_]+\]?|\.\.?|\$")
    for subject in SUBJECTS.values():
        for words in (*subject.phrases, *subject.but_not):
            assert all(phrase.fullmatch(word) for word in words.split()), words
            assert not words.startswith(("[", "..")), words
            assert not words.endswith("..")
    assert not MISSPELLED & NOT_MISSPELLED
    assert {subject.of_relatives for subject in SUBJECTS.values()} - {None} == {
        name for name in TOLD if name.startswith("family-")
    }


if __name__ == "__main__":
    print("\n".join(rows()))
    for name in LISTS:
        for line in read(name):
            if line.wanted != line.found:
                print(f"{name}: {line.text!r}: missed {sorted(line.wanted - line.found)}, "
                      f"wrong {sorted(line.found - line.wanted)}")  # fmt: skip
