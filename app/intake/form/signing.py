"""What a signature binds: the answers, and the whole form as it read in the language it was signed in.

The words that were signed are sealed with the signature, so it can be checked, and a copy can show them, after a later
release has worded a question in another way. Signatures from before version 1.2 hold no words; see decision 16.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any

import orjson

from app.intake.after.copied_answers import CopiedAnswer, CopiedItem
from app.intake.after.copy import CopiedStep, signed_steps
from app.intake.draft import Draft
from app.models import Case
from app.questionnaire.answers import Answer
from app.questionnaire.countries import Country
from app.questionnaire.kinds import Statement
from app.questionnaire.pages import Questionnaire
from app.questionnaire.reading import Reading
from app.questionnaire.texts import shown_texts
from app.questionnaire.wording import Message, Translate

SENT_AS_MINE = Message("I sent these answers as mine")
"""What sending means where nothing is agreed to in so many words."""
BOUND = ("name", "meaning", "at", "statement_version", "locale", "questions_sha256", "asked", "read")
"""The parts of a signature that its hash covers, besides the case and the answers."""


class WordingState(Enum):
    """How the words that were signed compare with those of the form today."""

    AS_SIGNED = "the questions still read so"
    REWORDED = "some questions read otherwise now"
    EARLIER = "signed before the words were kept"
    ALTERED = "not what was signed"


def signature_of(
    case: Case, draft: Draft, reading: Reading, now: datetime, locale: str, translate: Translate
) -> dict[str, Any]:
    """The signature to be sealed, its hash under "answers_sha256". `reading` is of the answers that are sent."""
    form, told = draft.form.asks, draft.merged_answers
    agreed = [
        translate(question.text)
        for question in form.pages[-1].questions
        if isinstance(question.kind, Statement) and draft.answers.get(question.id) is True
    ]
    signature = {
        "name": told.get("sign_name") or told.get("sign_guardian"),
        "meaning": " ".join(agreed) or translate(SENT_AS_MINE),
        "at": now.isoformat(),
        "statement_version": form.version,
        "locale": locale,
        "questions_sha256": hash_of_questions(form, case.jurisdiction, translate),
        "asked": _plain(signed_steps(reading, form, translate)),
        "read": [
            {"id": notice.id, **draft.notices[notice.id]}
            for notice in form.notices
            if notice.id in draft.notices
        ],
    }
    return signature | {"answers_sha256": hash_of_signed(case, draft.answers, signature)}


def hash_of_signed(case: Case, answers: Mapping[str, Answer], signature: Mapping[str, Any]) -> str:
    """The hash of these answers and of everything else that a signature binds."""
    signed = {"case": str(case.id), "answers": answers, **{name: signature.get(name) for name in BOUND}}
    return hashlib.sha256(orjson.dumps(signed, option=orjson.OPT_SORT_KEYS)).hexdigest()


@lru_cache  # a form is declared once, and a language has one function
def hash_of_questions(form: Questionnaire, jurisdiction: Country, translate: Translate) -> str:
    """The hash of every text that a form shows in a language, the options that nobody picked among them."""
    texts = [[translate(text) for text in shown_texts(page, jurisdiction)] for page in form.pages]
    return hashlib.sha256(orjson.dumps(texts)).hexdigest()


def check_wording(
    case: Case, answers: Mapping[str, Answer], signature: Mapping[str, Any], reading: Reading, form: Questionnaire,
    translate: Translate,
) -> WordingState:  # fmt: skip
    """Compare a signature with the form as it is today. `translate` is that of the language it was signed in."""
    if "asked" not in signature:
        return WordingState.EARLIER
    if hash_of_signed(case, answers, signature) != case.signature_hash:
        return WordingState.ALTERED
    same = _plain(signed_steps(reading, form, translate)) == signature["asked"]
    return WordingState.AS_SIGNED if same else WordingState.REWORDED


def steps_as_signed(signature: Mapping[str, Any]) -> Iterator[CopiedStep]:
    """The questions and answers as they were signed."""
    for step in signature["asked"]:
        lines = (
            CopiedAnswer(**{**line, "items": tuple(CopiedItem(**item) for item in line["items"])})
            for line in step["lines"]
        )
        yield CopiedStep(step["name"], tuple(lines))


def _plain(steps: tuple[CopiedStep, ...]) -> Any:
    """As it is sealed: what is unsealed again equals it."""
    return orjson.loads(orjson.dumps(steps))
