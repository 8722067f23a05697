"""flask names: the wide list is made of two public lists, and takes nothing that they are not sure of."""

import bz2
import hashlib
import pickle
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from app.commands import files_only, name_choice, name_sources, names
from app.screening.medicines import medicines_of_tables

PAGE = {"medline_plus_id": "a1"}
SUBSTANCE = {"drugbank_id": "DB1"}


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two small packages of the two kinds."""
    held = {
        "drug_variant_to_canonical": {
            "zoletta": ["sertraline"],
            "sertraline hydrochloride": ["sertraline"],
            "zoloft": ["sertraline"],  # ours, and the same
            "prozac": ["sertraline"],  # ours, and not the same
            "2,3-dihydrosertraline": ["sertraline"],
            "zx-1234": ["sertraline"],
            "duofix": ["lorazepam and sertraline"],
            "quarrel": ["lorazepam"],
            "halfknown": ["lorazepam"],
            "tablets": ["sertraline"],
            "proteinol": ["some protein"],
        },
        "drug_canonical_to_data": {
            "sertraline": PAGE,
            "lorazepam and sertraline": PAGE,
            "lorazepam": SUBSTANCE,
            "some protein": {"mesh_id": "D1"},
        },
        "drug_variant_to_variant_data": {},
    }
    lines = [
        "Name\tTYPE\tUNII\tDisplay Name",
        "QUARREL\tbn\tU1\tSERTRALINE HYDROCHLORIDE",
        "TRIPLO COMPONENT SERTRALINE\tbn\tU1\tSERTRALINE HYDROCHLORIDE",
        "TRIPLO COMPONENT LORAZEPAM\tcn\tU2\tLORAZEPAM",
        "LONELY COMPONENT LORAZEPAM\tcn\tU2\tLORAZEPAM",
        "HALFKNOWN COMPONENT LORAZEPAM\tbn\tU2\tLORAZEPAM",
        "HALFKNOWN COMPONENT MYSTERIUM\tbn\tU3\tMYSTERIUM",
        "LORAVAN\tbn\tU2\tLORAZEPAM",
        "DIAZEPAM METHYL\tsys\tU2\tLORAZEPAM",
    ]
    _wheel(tmp_path, name_sources.DNER.wheel, "drug_ner_dictionary.pkl.bz2", bz2.compress(pickle.dumps(held)))
    _wheel(tmp_path, name_sources.UNII.wheel, "data/UNII_Names.txt", "\n".join(lines).encode())
    for key in ("DNER", "UNII"):
        source = getattr(name_sources, key)
        sha256 = hashlib.sha256((tmp_path / source.wheel).read_bytes()).hexdigest()
        monkeypatch.setattr(name_sources, key, replace(source, sha256=sha256))
    return tmp_path


def _wheel(folder: Path, wheel: str, file: str, content: bytes) -> None:
    package = wheel.partition("-")[0]
    with zipfile.ZipFile(folder / wheel, "w") as packed:
        packed.writestr(f"{package}/{file}", content)


def run(folder: Path) -> Result:
    command = ["names", str(folder), "--to", str(folder / "names.tsv")]
    return files_only("names").test_cli_runner().invoke(args=command)


def test_the_list_has_what_the_sources_are_sure_of(made: Path) -> None:
    run(made)
    lines = [line.split("\t") for line in (made / "names.tsv").read_text().splitlines() if line[0] != "#"]
    found = {name: (ingredients, source) for name, ingredients, source in lines if source != "hand"}
    assert found == {
        "zoletta": ("sertraline", "dner"),
        "duofix": ("lorazepam;sertraline", "dner"),
        "triplo": ("lorazepam;sertraline", "unii"),
        "loravan": ("lorazepam", "unii"),
    }


def test_what_ours_and_theirs_differ_in_is_told_until_somebody_decides(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run(made)
    assert told.exit_code == names.UNDECIDED
    assert "prozac is ['fluoxetine'] by our table, ['sertraline'] by theirs" in told.output
    assert "contradict each other: quarrel" in told.output
    monkeypatch.setattr(name_choice, "OURS_IS_RIGHT", frozenset({"prozac"}))
    assert run(made).exit_code == 0


def test_another_package_than_the_one_named_is_refused(made: Path) -> None:
    (made / name_sources.UNII.wheel).write_bytes(b"another")
    told = run(made)
    assert told.exit_code == names.BAD_INPUT
    assert "another file" in told.output
    (made / name_sources.UNII.wheel).unlink()
    assert "is missing" in run(made).output
    assert not (made / "names.tsv").exists()


def test_nothing_but_plain_containers_is_unpacked() -> None:
    with pytest.raises(name_sources.NotTheSource, match=r"posix.system|nt.system"):
        name_sources.PlainUnpickler.find_class(None, "posix", "system")  # type: ignore[arg-type] # it refuses all


def test_what_was_decided_of_our_names_is_about_names_of_ours() -> None:
    assert [name for name in name_choice.OURS_IS_RIGHT if not medicines_of_tables(name)] == []
