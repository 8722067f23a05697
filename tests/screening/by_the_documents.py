"""A program that judges cases by docs/questionnaire.json and docs/rulebook.json, and by nothing else of the product.

It is what a stranger would write from the two files and their schemas. What is worked out from the lists of medicines,
and found in free text, it takes as given.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from operator import ge, gt, le, lt
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"
STATES = ("not_sure", "rather_not", "ask_me")
NONE = "the question does not apply"
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {"gte": ge, "gt": gt, "lte": le, "lt": lt}
GIVEN = ("from lists", "mention")


def document(name: str) -> dict[str, Any]:
    """One of the two files."""
    read: dict[str, Any] = json.loads((DOCS / name).read_text(encoding="utf-8"))
    return read


RULEBOOK, FORMS = document("rulebook.json"), document("questionnaire.json")
QUESTIONS: dict[str, dict[str, Any]] = {
    question["id"]: question
    for form in FORMS["forms"]
    for step in form["steps"]
    for page in step["pages"]
    for question in page["questions"]
}
FACTS = {fact["key"]: fact for fact in RULEBOOK["facts"]}


def join_any(parts: list[bool | None]) -> bool | None:
    return True if True in parts else None if None in parts else False


def join_not(part: bool | None) -> bool | None:
    return None if part is None else not part


def blank(value: Any) -> bool:
    return value is None or value in ("", [])


def among(value: Any, wanted: list[Any]) -> bool | None:
    """Whether a stored value is, or holds, one of these."""
    if isinstance(value, list):
        if not value:
            return None
        return True if any(one in wanted for one in value) else None if set(value) & set(STATES) else False
    if isinstance(value, dict):
        return join_any([said_of(value, one) for one in wanted])
    if value in wanted:
        return True
    return None if blank(value) or value in STATES else False


def said_of(items: Mapping[str, str], one: str) -> bool | None:
    """An item of a tick list that was asked item by item."""
    if one == "none":
        return False if "yes" in items.values() else None
    return {"yes": True, "no": False}.get(items.get(one, ""))


class Case:
    """One person's answers, on a day. `given` are the facts that the files do not say how to work out."""

    def __init__(
        self,
        answers: Mapping[str, Any],
        on: date,
        age: int,
        due: list[str],
        staff: Mapping[str, Any],
        given: Mapping[str, Any],
    ) -> None:
        self.answers = {**answers, "fu_due": due or ["none"]}
        self.on, self.age, self.staff, self.given = on, age, staff, given
        self._facts: dict[str, Any] = {}

    def truth(self, condition: Mapping[str, Any], limits: Mapping[str, float] | None = None) -> bool | None:
        """Yes, no or unknown."""
        match condition:
            case {"all": parts}:
                return join_not(join_any([join_not(self.truth(part, limits)) for part in parts]))
            case {"any": parts}:
                return join_any([self.truth(part, limits) for part in parts])
            case {"not": part}:
                return join_not(self.truth(part, limits))
            case {"lead": first, "or_yes": second}:
                return True if self.truth(second, limits) else self.truth(first, limits)
            case {"question": name}:
                return self._answered(name, condition)
            case {"number": name}:
                operator, limit = next(item for item in condition.items() if item[0] != "number")
                return self._compared(self.number(name), operator, limit)
        return self._known(condition, limits or {})

    def applies(self, name: str) -> bool | None:
        """Whether a question is asked of this person."""
        question = QUESTIONS.get(FORMS["derived"].get(name, {"from": name})["from"], {})
        return self.truth(question["show_if"]) if "show_if" in question else True

    def _answered(self, name: str, leaf: Mapping[str, Any]) -> bool | None:
        if "was_answered" in leaf:
            return not blank(self.answers.get(name))
        applies, value = self.applies(name), self.answers.get(name)
        if "unanswered" in leaf:
            no_more = isinstance(value, list) and all(one in STATES for one in value)
            return applies is True and (
                blank(value) or no_more or (isinstance(value, str) and value in STATES)
            )
        if not applies:
            return applies
        match leaf:
            case {"not_in": unwanted}:
                return join_not(among(value, unwanted))
            case {"has": wanted}:
                return (
                    None
                    if blank(value)
                    else among(value if isinstance(value, list | dict) else [value], wanted)
                )
            case {"rows": rows, "in": wanted}:
                held = value if isinstance(value, dict) else {}
                return join_any([among(held.get(row), wanted) for row in rows])
            case {"column": column, "in": wanted}:
                if not isinstance(value, list) or not value:
                    return None
                return join_any([among(entry.get(column), wanted) for entry in value])
        return among(value, leaf["in"])

    def number(self, name: str) -> Any:
        """A number in metric units, NONE, or None for unknown."""
        applies = self.applies(name)
        if applies is not True:
            return NONE if applies is False else None
        derived = FORMS["derived"].get(name)
        question = derived["from"] if derived else name
        value = self.answers.get(question)
        if blank(value) or value in STATES:
            return None
        if derived:
            return self._derived(derived, question, value)
        if isinstance(value, dict):
            unit = next(one for one in QUESTIONS[question]["kind"]["units"] if one["code"] == value["unit"])
            return sum(part["metric"] * value[part["key"]] for part in unit["parts"])
        return value

    def _derived(self, derived: Mapping[str, Any], question: str, value: Any) -> Any:
        if derived["how"] == "whole years to the day":
            born = date.fromisoformat(value)
            return self.on.year - born.year - ((self.on.month, self.on.day) < (born.month, born.day))
        return value[8] if derived["how"] == "item 9" else self._total(question, value)

    def _total(self, question: str, scores: list[Any]) -> Any:
        instrument = QUESTIONS[question]["kind"]["instrument"]
        settles = instrument.get("never_item") or instrument.get("gate_item")
        if settles and scores[settles - 1] == 0:
            return 0
        counted = [score for n, score in enumerate(scores, 1) if n != instrument.get("gate_item")]
        if None in scores:
            return None
        return sum(counted) / len(counted) if instrument["mean"] else sum(counted)

    def _compared(self, value: Any, operator: str, limit: float) -> bool | None:
        if value is None or value == NONE:
            return None if value is None else False
        if operator == "is":
            return bool(value == limit)
        if not isinstance(value, tuple):
            return OPERATORS[operator](value, limit)
        low, high = value
        at_low = OPERATORS[operator](low, limit)
        if high is None:
            return at_low if at_low is (operator in ("gte", "gt")) else None
        return at_low if at_low is OPERATORS[operator](high, limit) else None

    def _known(self, leaf: Mapping[str, Any], limits: Mapping[str, float]) -> bool | None:
        value = self.fact(leaf["fact"])
        match leaf:
            case {"is": wanted}:
                if value is None or isinstance(value, bool):
                    return value if wanted == "yes" else join_not(value)
                return bool(value == wanted)
            case {"has": wanted}:
                if any(one in value["sure"] for one in wanted):
                    return True
                return None if value["open"] or any(one in value["possible"] for one in wanted) else False
        operator, limit = next(item for item in leaf.items() if item[0] != "fact")
        return self._compared(
            value, operator, limits[limit["parameter"]] if isinstance(limit, dict) else limit
        )

    def fact(self, key: str) -> Any:
        """The value of a fact; None for unknown, (low, high) for days, NONE for what never was."""
        if key not in self._facts:
            fact = FACTS[key]
            self._facts[key] = self.given[key] if fact["kind"] in GIVEN else self._work_out(fact)
        return self._facts[key]

    def _work_out(self, fact: Mapping[str, Any]) -> Any:
        if "unknown_if" in fact and self.truth(fact["unknown_if"]) is True:
            return None
        match fact["kind"]:
            case "yes/no":
                return self.truth(fact["when"])
            case "recent yes/no":
                came_out = self.truth(fact["when"])
                old = came_out and self.age > fact["days"] and self.applies(fact["question"]) is True
                return None if old else came_out
            case "number" | "age":
                return self.number(fact["question"])
            case "body mass index":
                height, weight = self.number("height"), self.number("weight")
                known = not {None, NONE} & {height, weight}
                return weight / (height / 100) ** 2 if known else None
            case "entered by staff":
                return self._entered(self.staff.get(fact["key"]))
        applies, value = self.applies(fact["question"]), self.answers.get(fact["question"])
        if fact["kind"] == "one of":
            return fact["values"].get(value) if applies is True and not blank(value) else None
        if applies is not True:
            return NONE if applies is False else None
        if fact["kind"] == "days":
            return self._days(fact, value)
        if not isinstance(value, list) or not value:
            return None
        return value[fact["item"] - 1] if "item" in fact else self._total(fact["question"], value)

    def _days(self, fact: Mapping[str, Any], value: Any) -> Any:
        if blank(value) or value in fact.get("never", ()):
            return None if blank(value) else NONE
        band = fact["bands"].get(value)
        if band is None:
            return None
        low, high = band
        return low if fact.get("recurs") else low + self.age, None if high is None else high + self.age

    @staticmethod
    def _entered(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(value)
        return NONE if value == "none" else value == "yes" if value in ("yes", "no") else value


def judged(
    case: Case, parts: tuple[Any, ...], country: str, limits: Mapping[str, Mapping[str, float]]
) -> dict[str, bool | None]:
    """Every rule that runs, by slug: raised, clear, or not known."""
    outcome: dict[str, bool | None] = {}
    for rule in RULEBOOK["rules"]:
        here = rule.get("jurisdiction") in (None, country)
        runs = bool(case.staff) if rule["stage"] == "clinician" else rule["stage"] in ("any", *parts)
        if here and runs:
            set_here = {name: one["default"] for name, one in rule.get("parameters", {}).items()}
            outcome[rule["slug"]] = case.truth(rule["trigger"], {**set_here, **limits.get(rule["slug"], {})})
    return outcome
