"""What the preview says is odd, and that the commands take what a person says of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.intake.conftest import Run

QUESTION = "Which of these stand in the way of your partnership?"


def write(path: Path, rows: list[str], head: str = f"Id,{QUESTION}") -> Path:
    path.write_text("\n".join([head, *(f"{at},{row}" for at, row in enumerate(rows))]))
    return path


@pytest.mark.parametrize(
    ("head", "rows", "flag"),
    [
        ("", ["Terrorism"] * 6, "“Terrorism” was ticked by everybody who answered"),
        ("", ["Terrorism"] * 4, ""),
        ("", ["Terrorism"] * 6 + ["Zeitdruck"] * 4, "40 % are Other"),
        ("", ["Terrorism"] * 8 + ["Zeitdruck"] * 2, ""),
        (f"Id,{QUESTION} - Terrorism,{QUESTION} - Visa rules", ["Yes,No", "No,Yes"], "options of the codebook without"),
        (f"Id,{QUESTION},State", ["Terrorism,Turkey", "Visa rules,Egypt"], "asks for something else"),
        (f"Id,{QUESTION},Country", ["Terrorism,Turkey", "Visa rules,Utopia", "Visa rules,Oz"], "fewer than half"),
        (f"Id,{QUESTION},Where?", ["Terrorism,Turkey", "Visa rules,Egypt"], ""),
    ],
)
def test_what_is_odd(
    head: str, rows: list[str], flag: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "a.csv", rows, head or f"Id,{QUESTION}")
    assert run("import-survey", path, "--wave", "2026") == 0
    said = capsys.readouterr().out
    assert flag in said
    assert ("Look twice" in said) == bool(flag)


def test_the_header_row_can_be_named(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.csv", ["Terrorism", "Terrorism"], f"Title,\nId,{QUESTION}")
    assert run("import-survey", path, "--wave", "2026", "--header-row", "2", accept=False) == 1
    assert "2 respondents" in capsys.readouterr().out
    assert run("import-survey", path, "--wave", "2026", "--header-row", "31") == 1
    assert "there is no header in this row" in capsys.readouterr().err
    listed = tmp_path / "list.csv"
    listed.write_text(
        "US city,State,Partner city,Country\nCity,State,Sister city,Country\nNewtown,Ohio,Neustadt,Turkey\n"
    )
    assert run("import-partnerships", listed, "--header-row", "2", accept=False) == 1
    assert "Newtown, OH – Neustadt, TUR" in capsys.readouterr().out


def test_separator_and_tool_can_be_named(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Id|{QUESTION}\n" + "".join(f"{at}|Terrorism\n" for at in range(3)))
    told = ("--separator", "bar", "--tool", "alchemer")
    assert run("import-survey", path, "--wave", "2026", *told, accept=False) == 1
    said = capsys.readouterr().out
    assert "an export of Alchemer" in said and "3 respondents" in said
    assert run("import-survey", path, "--wave", "2026", "--separator", "comma") == 1
