"""One class per kind of question. A kind owns every form of its answer: it reads a posted form, refuses what is
outside the declaration, fills a form again, says the answer in words and writes it into export columns.

`read` turns posted form values into the stored JSON shape and hands them to `accept`, which the command line uses on
a file: so both doors refuse the same things, in the same words. Both raise InvalidAnswer.
"""

from .base import EXCLUSIVE, Cell, Column, InvalidAnswer, Kind, Posted, says_something, single_value
from .days import Day, Identity, age_on, date_words
from .doubts import Doubt, DoubtedChoice, DoubtedChoices
from .groups import Group, accept_answer, answer_words
from .lines import Rows
from .measures import Measure
from .picks import Choice, Choices, Scale, Statement, yes_no, yes_no_not_sure, yes_no_not_sure_skip
from .typed import Number, Signature, Text

__all__ = [
    "EXCLUSIVE",
    "Cell",
    "Choice",
    "Choices",
    "Column",
    "Day",
    "Doubt",
    "DoubtedChoice",
    "DoubtedChoices",
    "Group",
    "Identity",
    "InvalidAnswer",
    "Kind",
    "Measure",
    "Number",
    "Posted",
    "Rows",
    "Scale",
    "Signature",
    "Statement",
    "Text",
    "accept_answer",
    "age_on",
    "answer_words",
    "date_words",
    "says_something",
    "single_value",
    "yes_no",
    "yes_no_not_sure",
    "yes_no_not_sure_skip",
]
