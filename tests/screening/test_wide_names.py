"""The wide list: names of the world, for the ingredients of our tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.screening import medicines, spellings, typed_names, wide_names
from app.screening.lists import medicine_names_to_ask
from app.screening.typed_names import look_up
from tests.people import HEALTHY, but, screen, takes

CACHED = (
    typed_names.look_up,
    medicines._each_of,
    medicines._that_matter,
    medicines.near_to,
    spellings._by_first_letter,
    spellings._parted,
    spellings.near_harmless,
    spellings.one_slip,
)
"""Whatever remembers something of the wide list."""


@contextmanager
def wide_list(known: dict[str, str]) -> Iterator[None]:
    """Another wide list, which nothing remembers afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(medicines, "wide_names", lambda: known)
        for cached in CACHED:
            cached.cache_clear()
        yield
    for cached in CACHED:
        cached.cache_clear()


@pytest.fixture
def listed() -> Iterator[None]:
    """A wide list of three names: of an ingredient of our table, of a reviewed one, of one that nobody has read."""
    with wide_list({"zoletta": "sertraline;lorazepam", "carafate": "sucralfate", "samsca": "novelumab"}):
        yield


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
    assert [medicine.generic for medicine in found.unreviewed] == ["novelumab"]
    assert (found.sure, found.unclear, found.unmatched) == ((), True, True)
    assert [medicine.generic for medicine in look_up("Samsca, Zoloft").sure] == ["sertraline"]
    assert look_up("Samsca, Zoloft").unclear


@pytest.mark.usefixtures("listed")
def test_the_staff_line_says_what_a_name_is_that_nobody_has_reviewed() -> None:
    case = but(HEALTHY, takes("Samsca", "Foobarol"))
    assert medicine_names_to_ask(screen(case).facts) == ("“Samsca” (which is novelumab)", "“Foobarol”")


def test_no_name_of_the_file_is_longer_than_is_looked_up() -> None:
    assert all(line.name.count(" ") < wide_names.MOST_WORDS for line in wide_names.wide_lines())


@pytest.mark.parametrize(
    ("typed", "generics"),
    [
        ("Brilinta 90", {"ticagrelor"}),
        ("Kombiglyze XR", {"metformin", "saxagliptin"}),
        ("Trelegy Ellipta", {"fluticasone", "umeclidinium", "vilanterol"}),
        ("Exforge HCT", {"amlodipine", "hydrochlorothiazide", "valsartan"}),
    ],
)
def test_a_name_of_the_world_gives_all_its_ingredients(typed: str, generics: set[str]) -> None:
    found = look_up(typed)
    assert {medicine.generic for medicine in (*found.sure, *found.unreviewed)} == generics


def test_every_name_of_the_file_stands_for_something_and_is_none_of_ours() -> None:
    lines = list(wide_names.wide_lines())
    assert len({line.name for line in lines}) == len(lines)
    for line in lines:
        assert line.name == medicines.normalise(line.name), line
        assert all(line.ingredients), line
        assert not medicines.medicines_of_tables(line.name), line


def test_a_misspelled_name_of_the_wide_list_is_near_when_it_matters() -> None:
    with wide_list({"zoletta": "sertraline", "carafatex": "sucralfate"}):
        assert [medicine.generic for medicine in look_up("zoleta").possible] == ["sertraline"]
        assert look_up("carafateex").possible == ()  # harmless names are never called possible


def test_the_page_tells_how_many_names_there_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "medicine-names.md").read_text(encoding="utf-8")
    assert f"{len(wide_names.wide_names()):,} names" in page
    known = {ingredient for line in wide_names.wide_lines() for ingredient in line.ingredients}
    unreviewed = {one for one in known if not medicines.medicines_of_tables(medicines.normalise(one))}
    assert f"are {len(unreviewed)} of its ingredients" in page, sorted(unreviewed)
