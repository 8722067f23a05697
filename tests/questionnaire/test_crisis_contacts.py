"""Whom to call in a crisis: what a sentence says is what a button calls."""

import re

import pytest

from app.questionnaire.countries import Country
from app.questionnaire.crisis_contacts import CONTACTS, DO_NOT_WAIT, HELP_NOW

NUMBER = re.compile(r"\d[\d ]*\d")


def numbers(text: str) -> set[str]:
    return {found.replace(" ", "") for found in NUMBER.findall(text)}


def called(country: Country) -> set[str]:
    return {contact.call for contact in CONTACTS[country].values() if contact.call}


@pytest.mark.parametrize("country", Country)
def test_a_sentence_names_the_numbers_that_the_buttons_call(country: Country) -> None:
    assert CONTACTS[country]["emergency"].call in numbers(HELP_NOW[country]) <= called(country)


def test_a_mail_names_the_emergency_number_of_each_country() -> None:
    assert numbers(DO_NOT_WAIT) == {CONTACTS[country]["emergency"].call for country in Country}


@pytest.mark.parametrize("country", Country)
def test_a_button_says_the_number_that_it_calls(country: Country) -> None:
    for contact in CONTACTS[country].values():
        said = numbers(contact.label)
        assert said <= {contact.call, contact.text, (contact.site or "").removesuffix("lifeline.org")}, (
            contact
        )
