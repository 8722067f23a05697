"""The words that stand beside the names patients type. data/name_words.toml says what each group is for."""

from __future__ import annotations

import tomllib

from .tables import table_text

_GROUPS: dict[str, str] = tomllib.loads(table_text("name_words.toml"))


def _words(group: str) -> frozenset[str]:
    return frozenset(_GROUPS[group].split())


def _phrases(group: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in _GROUPS[group].split("|"))


FORM_WORDS = _words("form")
FILLER_WORDS = _words("filler") | _words("maker") | _words("how") | _words("how_spanish")
CONDITIONS = _words("conditions")
CONDITION_PHRASES = _phrases("condition_phrases")
ALLERGY_WORDS = _words("allergy")
NONE_WORDS = _phrases("none")
REASON_STARTS = _words("reason")
STOP_PHRASES = _phrases("stop")
AGO_PHRASES = _phrases("ago")
BEGUN_WORDS = _words("begun")
NOT_STOPPED = _phrases("not_stopped")
LOCAL_FORMS = _words("local_forms")
LUNG_FORMS = _words("lung_forms")
LUNG_NAMES = _words("lung_names")
LOCAL_NAMES = _words("local_names")
BODY_FORMS = _words("body_forms")
SKIN_FORMS = _words("skin_forms")
PLAIN_REASONS = _words("plain_reasons")
