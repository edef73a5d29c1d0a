"""The command line: files in and out, exit status, and memory of nothing between calls."""

import json
from pathlib import Path

import pytest

from confsys.programme.solver.cli import main

from .small import Json, cells, grid, talk


def _file(folder: Path, name: str, data: Json) -> str:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


@pytest.fixture
def instance(tmp_path: Path) -> str:
    talks = [talk("p", presenters=["ann"]), talk("q", "U", presenters=["ann"]), talk("r")]
    return _file(tmp_path, "instance.json", cells(talks, levels={"presenter_conflicts_session": "hard"}))


def _solved(instance: str, folder: Path) -> str:
    output = str(folder / "solution.json")
    assert main(["solve", instance, "-o", output, "--seconds", "20", "--workers", "1"]) == 0
    return output


def test_solve_writes_a_schedule_that_evaluate_accepts(
    instance: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    solution = _solved(instance, tmp_path)
    assert "status: optimal" in capsys.readouterr().out
    assert main(["evaluate", instance, solution, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["feasible"]
    assert report["terms"]["presenter_conflicts_session"] == {"level": "hard", "weight": 1, "count": 0}


def test_price_tells_every_other_place(instance: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    solution = _solved(instance, tmp_path)
    capsys.readouterr()
    assert main(["price", instance, solution, "p", "--json", "--limit", "0"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3 * 2 - 1


def test_repair_writes_its_alternatives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _file(tmp_path, "before.json", cells([talk("p"), talk("q"), talk("gone")]))
    solution = _solved(before, tmp_path)
    at = json.loads(Path(solution).read_text(encoding="utf-8"))["cells"]
    session = next(cell["session"] for cell in at if "p" in cell["slots"])
    bans = [{"submission": "p", "session": session}]
    after = _file(tmp_path, "after.json", cells([talk("p"), talk("q")], bans=bans))
    capsys.readouterr()
    output = tmp_path / "repaired.json"
    assert main(["repair", after, solution, "-o", str(output), "--json", "--seconds", "20"]) == 0
    options = json.loads(capsys.readouterr().out)
    assert options[0]["moved"] == ["p"]
    assert options[0]["fewest_moves_proven"]
    assert all(Path(option["file"]).exists() for option in options)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_impossible_is_named_and_ends_with_three(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = [{"id": "ann", "away": [["2026-07-01T00:00", "2026-08-01T00:00"]]}]
    path = _file(tmp_path, "instance.json", grid([talk("p", presenters=["ann"])], people=away))
    output = str(tmp_path / "solution.json")
    for command in (["solve", path, "-o", output, "--seconds", "20"], ["explain", path]):
        assert main([*command, "--language", language, "--json"]) == 3
        told = json.loads(capsys.readouterr().out)
        assert {claim["rule"] for claim in told["conflict"]} == {"placed", "people_away"}
        assert told["minimal"]
        assert [claim["rule"] for claim in told["relaxation"]] == ["people_away"]
        assert told["relaxation"][0]["people"] == ["ann"]


def test_too_little_room_is_told_as_a_shortage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(tmp_path, "instance.json", grid([talk(f"p{n}", minutes=40) for n in range(5)]))
    assert main(["explain", path]) == 3
    assert "40 minutes of room time are missing" in capsys.readouterr().out


def test_bad_input_is_one_sentence_and_ends_with_two(
    instance: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{\n oops", encoding="utf-8")
    for arguments in (
        ["evaluate", str(tmp_path / "none.json"), "x"],
        ["evaluate", str(broken), "x"],
        ["price", instance, _solved(instance, tmp_path), "nobody"],
        ["evaluate", instance, instance],
        ["explain", instance, "--hard", "wishes"],
        ["solve", instance, "-o", str(tmp_path / "no" / "folder.json"), "--seconds", "5"],
    ):
        capsys.readouterr()
        assert main(arguments) == 2
        sentence = capsys.readouterr().err.strip().splitlines()[-1]
        assert sentence.endswith(".")


def test_a_locked_day_stays_as_it_was(tmp_path: Path) -> None:
    talks = [talk("p"), talk("q"), talk("r", "U")]
    data = cells(talks)
    old = _solved(_file(tmp_path, "before.json", data), tmp_path)
    locked = _file(tmp_path, "locked.json", {**data, "pins": [{"day": "2026-07-10"}]})
    output = tmp_path / "again.json"
    assert main(["solve", locked, "-o", str(output), "--seconds", "20"]) == 2
    assert main(["solve", locked, "-o", str(output), "--seconds", "20", "--start", old, "--seed", "5"]) == 0
    cells_of_day = [
        [cell for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"] if cell["session"] != "S3"]
        for path in (old, output)
    ]
    assert cells_of_day[0] == cells_of_day[1]
