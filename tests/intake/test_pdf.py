"""The copy as a PDF: tagged, whole, the same each time, and no text of a patient's is more than text."""

import re
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

import pytest

from app.intake.after import pdf
from app.intake.after.copy import LEFT_OFF
from app.questionnaire.countries import Country
from tests.factories import CANARY
from tests.intake.reading_pdf import runs_of, words_of
from tests.intake.test_copy import copy_of
from tests.people import HEALTHY, Answers, but
from tests.waiting import LONGEST_WAIT

pytestmark = pytest.mark.sqlite_alone("what is said, in which words and language")

SENT = "2 March 2026, 10:30"


def made(answers: Answers = HEALTHY, jurisdiction: Country = Country.US) -> bytes:
    return pdf.typeset(copy_of(answers, jurisdiction), "Oak Street Clinic", lambda _: f"{SENT} (EST)")


@pytest.fixture(scope="module")
def healthy() -> bytes:
    return made()


def test_it_is_tagged_for_readers_and_says_its_title_and_language(healthy: bytes) -> None:
    assert healthy.startswith(b"%PDF-1.7")
    assert b"/MarkInfo<</Marked true" in healthy
    assert re.search(rb"/StructTreeRoot \d+ 0 R", healthy)
    assert re.search(rb"/Lang\s*\(en", healthy)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in healthy
    assert b"What you told us</rdf:li>" in healthy
    assert b"/DisplayDocTitle true" in healthy
    for tag in (b"/S/H1", b"/S/H2", b"/S/LI", b"/S/LBody"):
        assert tag in healthy.replace(b" ", b""), tag


def test_it_holds_every_question_and_answer_and_the_signature(healthy: bytes) -> None:
    words = runs_of(healthy)
    told = copy_of(HEALTHY)
    for step in told.steps:
        for line in step.lines:
            for text in (line.question, line.help, line.words, *(item.words for item in line.items)):
                assert re.sub(r"\s", "", text) in words, text
    assert "SignedbyRobinAshdown,2March2026,10:30(EST)" in words
    assert re.sub(r"\s", "", LEFT_OFF) in words


def test_the_same_form_makes_the_same_file(healthy: bytes) -> None:
    assert made() == healthy
    assert re.search(rb"/CreationDate ?\(D:20260302", healthy), "its date is the form's, not today's"
    assert made(but(HEALTHY, {"goals": "Something else"})) != healthy


def test_the_paper_is_the_country_s(healthy: bytes) -> None:
    assert b"/MediaBox[0 0 612 792]" in healthy
    assert re.search(rb"/MediaBox\[0 0 595\.\d+ 841\.\d+\]", made(jurisdiction=Country.UK))


def test_a_letter_no_font_has_becomes_a_box_and_the_copy_says_so(healthy: bytes) -> None:
    words = words_of(made(but(HEALTHY, {"goals": f"李小龍 {CANARY} \U0001f469\u200d\U0001f467 ñ"})))
    assert re.search(f"□□□ {CANARY} □+ ñ", words)
    assert "a box stands for each" in words
    assert "a box stands for each" not in words_of(healthy)


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/hostname") #panic("x") #image("/etc/hostname")',
        "= Heading *bold* _it_ $x^2$ @ref <label> https://example.com/ `raw`",
        "<script>alert(1)</script> <img src='http://127.0.0.1:9/x'>",
        "\\u{41} \\ \\n {{ 7*7 }} {% x %} ${x} %(x)s",
        "(a (b) c) ) ( \\( end",
        "w" * 400,
    ],
    ids=["code", "markup", "html", "escapes", "brackets", "one long word"],
)
def test_what_was_typed_is_set_as_it_was_typed(text: str) -> None:
    assert re.sub(r"\s", "", text) in runs_of(made(but(HEALTHY, {"goals": text})))


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    other = tmp_path / "other.py"
    other.write_text(code)
    monkeypatch.setattr(pdf, "PROGRAM", other)


@pytest.mark.parametrize("code", ["import sys; sys.exit(1)", "import time; time.sleep(60)"])
def test_what_fails_or_takes_too_long_is_not_made_and_repeats_no_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 1)
    program(tmp_path, monkeypatch, code)
    with pytest.raises(pdf.NotTypeset) as caught:
        made(but(HEALTHY, {"goals": CANARY}))
    assert CANARY not in repr(caught.value)
    assert caught.value.__suppress_context__


def test_its_program_sees_neither_the_server_s_environment_nor_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOREROOM_SECRET_KEY", CANARY)
    told = "import os, sys; print(os.environ, sys.path)"
    program(tmp_path, monkeypatch, told)
    seen = made().decode()
    assert CANARY not in seen
    assert str(Path.cwd()) + "'" not in seen


def test_only_a_few_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_turns", BoundedSemaphore(1))
    monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.01)
    pdf._turns.acquire()
    with pytest.raises(pdf.NotTypeset):
        made()
    pdf._turns.release()
    made()
    made()  # a turn is given back


def test_its_program_has_little_time_and_memory(tmp_path: Path) -> None:
    asked = (
        "import sys; sys.argv = ['x', sys.argv[1]]; sys.path.insert(0, '.');"
        "import resource, io; from app.intake.after import typeset;"
        "typeset.typeset = lambda *a: b''; sys.stdin = io.TextIOWrapper(io.BytesIO(b'{}'));"
        "typeset.main(); print(resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked, str(pdf.TEMPLATE)],
        capture_output=True,
        text=True,
        check=True,
        timeout=LONGEST_WAIT,
    )
    assert done.stdout.split() == ["10", str(2**30)]
