"""flask screen: what is refused, with which words, and what else is written then."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.commands.case_files import LONGEST
from tests.commands.test_screen import CASE, answers, case, run

DEEP = "[" * 5_000 + "]" * 5_000


def without(key: str) -> str:
    """The case without one of its keys."""
    return json.dumps({name: value for name, value in CASE.items() if name != key})


def raw(value: str, key: str = "bp_top") -> str:
    """A case whose answer to `key` is written as it stands."""
    return json.dumps(CASE | {"answers": {key: "@"}}).replace('"@"', value)


# Text of the case; what the message must say, in order: the field first.
REFUSED = {
    "not JSON": ("nonsense", "line 1: not JSON"),
    "cut short": (case()[:-20], "line 1: not JSON"),
    "a text cut short": ('{"submitted_on": "2026-', "line 1: not JSON"),
    "single quotes": ("{'submitted_on': 1}", "line 1: not JSON"),
    "a comma too many": ('{"answers": {},}', "line 1: not JSON"),
    "two on one line": (case() + case(), "line 1: more follows the end of the case"),
    "a list": (f"[{case()}]", "line 1: a case must be a JSON object"),
    "a text": ('"case"', "line 1: a case must be a JSON object"),
    "null": ("null", "line 1: a case must be a JSON object"),
    "a number": ("12", "line 1: a case must be a JSON object"),
    "too deep": (raw(DEEP), "line 1: .*too deeply"),
    "deep": (raw("[" * 40 + "]" * 40), r"line 1: answers\.bp_top.*too deeply"),
    "deep and broken": ("[" * 100_000, "line 1: "),
    "NaN": (raw("NaN"), r"line 1: answers\.bp_top: NaN is not a number of JSON"),
    "Infinity": (raw("-Infinity"), r"line 1: answers\.bp_top: -Infinity is not a number of JSON"),
    "infinite by size": (raw("1e999"), r"line 1: answers\.bp_top: the number is too large"),
    "many digits": (raw("9" * 400), r"line 1: answers\.bp_top: the number is too large"),
    "very many digits": (raw("9" * 6_000), r"line 1: answers\.bp_top: the number is too large"),
    "NaN as a parameter": (case(parameters={"surgery-recent": {"surgery_days": float("nan")}}),
                           r"line 1: parameters\.surgery-recent\.surgery_days: NaN"),
    "a key twice": ('{"id": 1, "answers": {}, "id": 2}', "line 1: id: given twice"),
    "an answer twice": (raw('{"unit": "kg", "value": 80, "value": 81}', "weight"),
                        r"line 1: answers\.weight\.value: given twice"),
    "a column twice": (raw('[{"med_name": "a", "med_name": "b"}]', "medicines"),
                       r"line 1: answers\.medicines\[0\]\.med_name: given twice"),
    "half a character": (raw(r'"\ud83d"', "goals"), r"line 1: answers\.goals: .*surrogate"),
    "half a character in a key": (r'{"\udc00": 1}', r'line 1: "\\udc00": .*surrogate'),
    "half a character in the id": (r'{"id": "\ud800"}', "line 1: id: .*surrogate"),
    "a NUL": (raw(r'"a\u0000b"', "goals"), r"line 1: answers\.goals: .*cannot be saved"),
    "a bare control character": ('{"id": "a\tb"}', "line 1: not JSON"),
    "an unknown key": (case(answer={}), "line 1: answer: no such key"),
    "an unknown key of odd characters": (case(**{"a\x1b[31m\n": 1}), r'line 1: "a\\u001b\[31m\\n": no such key'),
    "no day": (without("submitted_on"), "line 1: submitted_on: missing"),
    "no day but null": (case(submitted_on=None), "line 1: submitted_on: missing"),
    "an impossible day": (case(submitted_on="2026-02-30"), "line 1: submitted_on: must be a real day"),
    "a day in another form": (case(submitted_on="01/03/2026"), "line 1: submitted_on: must be a real day"),
    "a day of fewer digits": (case(submitted_on="2026-3-1"), "line 1: submitted_on: must be a real day"),
    "a week": (case(submitted_on="2026-W09-1"), "line 1: submitted_on: must be a real day"),
    "a time": (case(submitted_on="2026-03-01T10:00"), "line 1: submitted_on: must be a real day"),
    "a day in other digits": (case(submitted_on="２０２６-03-01"), "line 1: submitted_on: must be a real day"),
    "a day as a number": (case(submitted_on=20260301), "line 1: submitted_on: must be a real day"),
    "another country": (case(jurisdiction="FR"), "line 1: jurisdiction: must be US or UK"),
    "a country in a list": (case(jurisdiction=["US"]), "line 1: jurisdiction: must be US or UK"),
    "parts not in a list": (case(parts=1), "line 1: parts: must be a list of"),
    "no parts": (case(parts=[]), "line 1: parts: names no part"),
    "an unknown part": (case(parts=[3]), "line 1: parts: must be a list of"),
    "a part that only equals 1": (case(parts=[True]), "line 1: parts: must be a list of"),
    "a part as a fraction": (case(parts=[1.0]), "line 1: parts: must be a list of"),
    "no answers": (without("answers"), "line 1: answers: missing"),
    "answers in a list": (case(answers=[]), "line 1: answers: must be an object"),
    "an id that is an object": (case(id={}), "line 1: id: must be text or a number"),
    "an id that is true": (case(id=True), "line 1: id: must be text or a number"),
    "staff in a list": (case(staff=[]), "line 1: staff: must be an object"),
    "an unknown scale due": (case(fu_due=["phq10"]), "line 1: fu_due: must be a list of"),
    "a scale due, not in a list": (case(fu_due="phq9"), "line 1: fu_due: must be a list of"),
    "fu_due among the answers": (answers(fu_due=["phq9"]), r"line 1: answers\.fu_due: stands beside the answers"),
    "parameters in a list": (case(parameters=[]), "line 1: parameters: must be an object"),
    "an unknown rule": (case(parameters={"nope": {"days": 1}}), r"line 1: parameters\.nope: no such rule"),
    "an unknown rule without values": (case(parameters={"nope": {}}), r"line 1: parameters\.nope: no such rule"),
    "an unknown parameter": (case(parameters={"surgery-recent": {"days": 1}}),
                             r"line 1: parameters\.surgery-recent\.days: .*no setting"),
    "a parameter as text": (case(parameters={"surgery-recent": {"surgery_days": "30"}}),
                            r"line 1: parameters\.surgery-recent\.surgery_days: .*must be a number"),
    "a parameter that is true": (case(parameters={"surgery-recent": {"surgery_days": True}}),
                                 r"line 1: parameters\.surgery-recent\.surgery_days: .*must be a number"),
    "a rule's parameters as a number": (case(parameters={"surgery-recent": 30}),
                                        r"line 1: parameters\.surgery-recent: must be an object"),
    "an unknown level": (case(parameters={"article_exclusions_level": "note"}),
                         r"line 1: parameters\.article_exclusions_level: must be stop or review"),
    "an unknown question": (answers(seizures="yes"), r"line 1: answers\.seizures: no such question$"),
    "a later part's question": (answers(scale_gad7=[0]), r"line 1: answers\.scale_gad7: .*list of 7"),
    "an unknown option": (answers(seizure_ever="maybe"), r"line 1: answers\.seizure_ever: Pick one"),
    "an option in another case": (answers(seizure_ever="Yes"), r"line 1: answers\.seizure_ever: Pick one"),
    "a yes that is true": (answers(seizure_ever=True), r"line 1: answers\.seizure_ever: Pick one"),
    "one option in a list": (answers(seizure_ever=["yes"]), r"line 1: answers\.seizure_ever: Pick one"),
    "an unknown tick": (answers(urgent_now=["headache"]), r"line 1: answers\.urgent_now: Pick"),
    "ticks that are numbers": (answers(urgent_now=[1]), r"line 1: answers\.urgent_now: Pick"),
    "ticks in an object": (answers(urgent_now={"none": True}), r"line 1: answers\.urgent_now: Pick"),
    "none and another": (answers(urgent_now=["none", "seizure"]), r"line 1: answers\.urgent_now: You picked"),
    "not sure and another": (answers(reasons=["not_sure", "pain"]), r"line 1: answers\.reasons: You picked"),
    "ask me in a list": (answers(reasons=["ask_me"]), r"line 1: answers\.reasons: Pick"),
    "a state that is not offered in a list": (answers(urgent_now=["not_sure"]), r"line 1: answers\.urgent_now: Pick"),
    "a number as text": (answers(bp_top="122"), r"line 1: answers\.bp_top: .*must be a number"),
    "a number that is true": (answers(bp_top=True), r"line 1: answers\.bp_top: .*must be a number"),
    "a fraction": (answers(bp_top=122.5), r"line 1: answers\.bp_top: .*whole number"),
    "over the hard limit": (answers(bp_top=301), r"line 1: answers\.bp_top: .*from 50 to 300"),
    "under the hard limit": (answers(bp_top=-1), r"line 1: answers\.bp_top: .*from 50 to 300"),
    "a measure without its unit": (answers(weight=80), r"line 1: answers\.weight: .*unit"),
    "an unknown unit": (answers(weight={"unit": "g", "value": 1}), r"line 1: answers\.weight: .*unit"),
    "a unit in a list": (answers(weight={"unit": ["kg"], "value": 80}), r"line 1: answers\.weight: .*unit"),
    "a box of another unit": (answers(height={"unit": "cm", "feet": 5}), r"line 1: answers\.height: .*needs"),
    "twelve inches": (answers(height={"unit": "ft_in", "feet": 5, "inches": 12}),
                      r"line 1: answers\.height\.inches: .*0 to 11"),
    "a measure out of bounds": (answers(weight={"unit": "kg", "value": 401}),
                                r"line 1: answers\.weight\.value: Weight should be from 20 to 400 kg"),
    "a birth after the answers": (answers(dob="2026-03-02"), r"line 1: answers\.dob: .*in the past"),
    "a birth long ago": (answers(dob="1850-01-01"), r"line 1: answers\.dob: That is more than 115 years ago"),
    "no such birth date": (answers(dob="1984-02-30"), r"line 1: answers\.dob: Enter a real date"),
    "a text that is a number": (answers(goals=5), r"line 1: answers\.goals: .*must be text"),
    "a text too long": (answers(goals="x" * 501), r"line 1: answers\.goals: You have 1 letter too many"),
    "an email that is none": (answers(email="someone"), r"line 1: answers\.email: Enter an email"),
    "a statement as text": (answers(privacy_ok="yes"), r"line 1: answers\.privacy_ok: .*true or false"),
    "a group as an object": (answers(medicines={"med_name": "a"}), r"line 1: answers\.medicines: .*must be a list"),
    "a group of texts": (answers(medicines=["Zoloft"]), r"line 1: answers\.medicines: .*must be a list"),
    "too many entries": (answers(medicines=[{}] * 31), r"line 1: answers\.medicines: Give up to 30"),
    "an unknown column": (answers(medicines=[{"name": "Zoloft"}]), r"line 1: answers\.medicines\[0\]: There is no"),
    "an unknown option in the second entry": (
        answers(medicines=[{"med_name": "a"}, {"med_name": "b", "med_often": "hourly"}]),
        r"line 1: answers\.medicines\[1\]\.med_often: Pick one",
    ),
    "a scale of eight": (answers(scale_phq9=[0] * 8), r"line 1: answers\.scale_phq9: .*list of 9"),
    "a score of four": (answers(scale_phq9=[0] * 8 + [4]), r"line 1: answers\.scale_phq9: Item 9"),
    "a score that is true": (answers(scale_phq9=[True] + [0] * 8), r"line 1: answers\.scale_phq9: Item 1"),
    "a score as text": (answers(scale_phq9=["0"] + [0] * 8), r"line 1: answers\.scale_phq9: Item 1"),
    "an answer that is hidden, and wrong": (answers(seizure_ever="no", seizure_last="never"),
                                            r"line 1: answers\.seizure_last: Pick one"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_case_names_line_and_field_and_writes_nothing(name: str) -> None:
    text, message = REFUSED[name]
    result = run("-", text=text)
    assert result.exit_code == 2
    assert result.stdout == ""
    (only,) = result.stderr.splitlines()
    assert re.match(message, only), only
    assert len(only) < 600


@pytest.mark.parametrize("name", REFUSED)
def test_with_keep_going_the_others_are_screened(name: str) -> None:
    result = run("-", "--keep-going", text=f"{case(id='before')}\n{REFUSED[name][0]}\n{case(id='after')}\n")
    assert result.exit_code == 2
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["before", "after"]
    message, count = result.stderr.splitlines()
    assert message.startswith("line 2: ")
    assert count == "1 of 3 cases refused"


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_first_line_takes_no_other_with_it(name: str) -> None:
    result = run("-", "--keep-going", text=f"{REFUSED[name][0]}\n{case(id='b')}\n{case(id='c')}\n")
    assert result.exit_code == 2
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b", "c"]


def test_without_keep_going_it_ends_at_the_first_bad_line() -> None:
    result = run("-", text=f"{case(id=1)}\nnonsense\n{case(id=3)}\n")
    assert result.exit_code == 2
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1]
    assert result.stderr.startswith("line 2: ")


def test_every_bad_line_is_told_by_its_own_number() -> None:
    result = run("-", "--keep-going", text=f"\nbad\n{case()}\n\n[]\n")
    assert [line.partition(":")[0] for line in result.stderr.splitlines()[:2]] == ["line 2", "line 5"]
    assert result.stderr.splitlines()[-1] == "2 of 3 cases refused"


@pytest.mark.parametrize("text", ["", "\n\n  \n", "\ufeff"])
def test_nothing_to_screen_is_bad_input(text: str) -> None:
    result = run("-", text=text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no case" in result.stderr


@pytest.mark.parametrize("line", [b"\xff\xfe{\x00}\x00", b'{"id": "\xe9"}', b'{"id": "\xed\xa0\x80"}'])
def test_what_is_not_utf_8_is_refused(line: bytes) -> None:
    result = run("-", "--keep-going", text=case(id=1).encode() + b"\n" + line + b"\n" + case(id=3).encode())
    assert result.exit_code == 2
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1, 3]
    assert result.stderr.startswith("line 2: not UTF-8: byte ")


def test_a_line_over_the_limit_is_skipped_and_told() -> None:
    long = answers(goals="x" * (10 * LONGEST))
    result = run("-", "--keep-going", text=f"{case(id=1)}\n{long}\n{case(id=3)}\n")
    assert result.exit_code == 2
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1, 3]
    assert result.stderr.splitlines()[0] == "line 2: longer than 1,048,576 bytes"


def test_a_line_over_the_limit_is_not_read_into_memory() -> None:
    """A file without a line end at all: what is held is bounded, however long it is."""
    import io

    from app.commands.case_files import case_texts

    class Endless(io.RawIOBase):
        left, most = 64, 0

        def readable(self) -> bool:
            return True

        def readline(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            self.most = max(self.most, size)
            self.left -= 1
            return b"x" * size if self.left > 0 else b""

    endless: Any = Endless()
    (only,) = case_texts(endless)
    assert str(only.text) == "longer than 1,048,576 bytes"
    assert endless.most <= LONGEST + 1


def test_a_case_over_several_lines_has_the_same_limit() -> None:
    long = json.dumps(
        {"answers": {"goals": "x" * (LONGEST // 2), "sign_name": "y" * (LONGEST // 2)}}, indent=1
    )
    result = run("-", "--keep-going", text=long)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("line 1: longer than 1,048,576 bytes")


def test_a_case_over_several_lines_is_told_by_the_line_it_breaks_in() -> None:
    broken = json.dumps(CASE, indent=1).replace('"parts":', '"parts"')
    result = run("-", "--keep-going", text=broken)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("line 4: not JSON")
    assert result.stderr.endswith("1 of 1 cases refused\n")


def test_two_cases_over_several_lines_are_not_taken_for_one() -> None:
    result = run("-", text=json.dumps(CASE, indent=1) + "\n" + json.dumps(CASE, indent=1))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "more follows the end of the case" in result.stderr


@pytest.mark.parametrize("path", ["missing.ndjson", "."])
def test_a_file_that_cannot_be_read(path: str, tmp_path: Path) -> None:
    result = run(str(tmp_path / path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot read" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "2026-3-1", ""])
def test_a_bad_day_to_judge_on(day: str) -> None:
    result = run("-", "--on", day, text=case())
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--on" in result.stderr
    assert "YYYY-MM-DD" in result.stderr


def test_a_bad_jurisdiction() -> None:
    assert run("-", "--jurisdiction", "FR", text=case()).exit_code == 2


def test_a_message_never_repeats_an_answer() -> None:
    secret = "Zanahoria 😀"
    for field in ("goals", "dob", "email", "seizure_ever", "urgent_now", "height", "scale_phq9", "bp_top"):
        result = run("-", text=answers(**{field: {"x": secret}}))
        assert result.exit_code == 2
        assert "Zanahoria" not in result.stderr


def test_a_message_cannot_drive_a_terminal() -> None:
    result = run("-", text=answers(medicines=[{"\x1b]0;title\x07\n" + "x" * 5_000: "a"}]))
    (only,) = result.stderr.splitlines()
    assert only.isprintable()
    assert len(only) < 600
