"""The wide list: names of the world, for the ingredients of our tables."""

import pytest

from app.screening import medicines, typed_names, wide_names
from app.screening.typed_names import look_up


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wide list of three names: of an ingredient of our table, of a reviewed one, of one that nobody has read."""
    known = {"zoletta": "sertraline;lorazepam", "carafate": "sucralfate", "samsca": "tolvaptan"}
    monkeypatch.setattr(medicines, "wide_names", lambda: known)
    for cached in (typed_names.look_up, medicines._ingredient):
        cached.cache_clear()


@pytest.mark.usefixtures("listed")
def test_a_name_of_the_wide_list_is_what_our_tables_say_of_its_ingredients() -> None:
    found = look_up("Zoletta 50 mg")
    assert [medicine.generic for medicine in found.sure] == ["sertraline", "lorazepam"]
    assert found.understood


@pytest.mark.usefixtures("listed")
def test_a_reviewed_ingredient_is_quiet() -> None:
    assert look_up("Carafate twice a day").understood
    assert look_up("sucralfate").understood


@pytest.mark.usefixtures("listed")
def test_an_ingredient_that_nobody_has_reviewed_is_known_by_name_and_asks() -> None:
    found = look_up("Samsca 15 mg")
    assert [medicine.generic for medicine in found.unreviewed] == ["tolvaptan"]
    assert (found.sure, found.unclear, found.unmatched) == ((), True, True)
    assert [medicine.generic for medicine in look_up("Samsca, Zoloft").sure] == ["sertraline"]
    assert look_up("Samsca, Zoloft").unclear


def test_no_name_of_the_file_is_longer_than_is_looked_up() -> None:
    assert all(line.name.count(" ") < wide_names.MOST_WORDS for line in wide_names.wide_lines())
