"""flask medicines: how a text of the medicine box is read, and why."""

import pytest

from app.commands import files_only


def told(text: str) -> list[str]:
    said = files_only("medicines").test_cli_runner().invoke(args=["medicines", text])
    assert said.exit_code == 0
    first, *lines = said.output.splitlines()
    assert first == text
    return [" ".join(line.split()) for line in lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Contrave 8/90",
            [
                "name contrave (combinations.csv): naltrexone, bupropion",
                "taken naltrexone: opioid_antagonist",
                "taken bupropion: antidepressant, seizure_threshold",
                "so understood: nothing to ask",
            ],
        ),
        (
            "Zoloft and the blue one, stopped",
            [
                "name zoloft (medicines.csv): sertraline",
                "stopped sertraline: antidepressant",
                "left over blue",
                "so asked: not everything in it was understood",
            ],
        ),
        ("zoloft50mg", ["name zoloft (medicines.csv): sertraline"]),
        ("rasagaline", ["name rasagaline (one letter off): rasagiline"]),
        ("Keflex", ["name keflex (harmless_names.csv): cephalexin", "taken cephalexin: no class, harmless"]),
        (
            "carafate",
            ["name carafate (names.tsv): sucralfate", "taken sucralfate: no class, harmless"],
        ),
        ("sucralfate", ["name sucralfate (harmless_ingredients.toml): sucralfate"]),
        ("Zolloft", ["may be sertraline: antidepressant", "left over zolloft"]),
        (
            "sevelamarr",
            [
                "may be sevelamer: no class, harmless",
                "so asked: what is it? It is near a harmless name: a note",
            ],
        ),
        ("stopped Zoloft", ["stopped sertraline: antidepressant", "so asked: is it still taken?"]),
        (
            "the blue one for acne",
            [
                "left over blue",
                "reason acne",
                "so asked: what is it? With a plain reason (for acne) it is a note, else a review",
            ],
        ),
    ],
)
def test_a_text_is_told_with_the_list_of_each_name(text: str, lines: list[str]) -> None:
    assert set(lines) <= set(told(text))


def test_an_ingredient_that_nobody_has_reviewed_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.screening import medicines, typed_names

    monkeypatch.setattr(medicines, "wide_names", lambda: {"samscafor": "tolvaptanol"})
    typed_names.look_up.cache_clear()
    assert "not reviewed tolvaptanol: nobody has said what it means for the rules" in told("Samscafor 15 mg")
