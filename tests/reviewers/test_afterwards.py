"""The commands beside `assign`: filling gaps, taking habits out of scores, finding bids that look arranged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewers.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two papers, four reviewers, two reviews each; ann and bob have both."""
    (tmp_path / "papers.csv").write_text("paper,coverage\np,2\nq,2\n")
    (tmp_path / "reviewers.csv").write_text("reviewer,load_max\nann,2\nbob,2\ncyd,2\ndee,2\n")
    scores = {"ann": 4, "bob": 3, "cyd": 2, "dee": 1}
    lines = [f"{paper},{who},{score}" for paper in "pq" for who, score in scores.items()]
    (tmp_path / "scores.csv").write_text("\n".join(["paper,reviewer,score", *lines]) + "\n")
    (tmp_path / "present.json").write_text(
        json.dumps({"assignment": [["p", "ann"], ["p", "bob"], ["q", "ann"], ["q", "bob"]]})
    )
    return tmp_path


def filled(folder: Path, *options: str) -> set[tuple[str, str]]:
    target = folder / "result.json"
    assert main(["topup", str(folder), str(folder / "present.json"), "-o", str(target), *options]) == 0
    return {(paper, who) for paper, who in json.loads(target.read_text())["assignment"]}


def test_only_the_gap_of_who_left_is_filled(folder: Path) -> None:
    assert filled(folder, "--gone", "ann") == {("p", "bob"), ("q", "bob"), ("p", "cyd"), ("q", "cyd")}


def test_only_the_gap_of_what_was_declined_is_filled(folder: Path) -> None:
    (folder / "declined.csv").write_text("paper,reviewer\nq,bob\n")
    found = filled(folder, "--declined", str(folder / "declined.csv"))
    assert found == {("p", "ann"), ("p", "bob"), ("q", "ann"), ("q", "cyd")}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [(("--gone", "eve"), "eve is not a reviewer"), (("--declined", "none.csv"), "There is no none.csv")],
)
def test_a_top_up_says_what_it_cannot_read(
    folder: Path, options: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["topup", str(folder), str(folder / "present.json"), *options]) == 2
    assert sentence in capsys.readouterr().err


def test_what_cannot_be_filled_names_the_cause(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = [option for who in ("ann", "bob", "cyd") for option in ("--gone", who)]
    assert main(["topup", str(folder), str(folder / "present.json"), *gone]) == 3
    assert "No assignment keeps every rule." in capsys.readouterr().err


def test_calibration_tells_the_strict_from_the_mild(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, target = tmp_path / "scores.csv", tmp_path / "habits.json"
    rows = [
        f"{n},{who},{5 + n % 3 + lean}" for n in range(12) for who, lean in (("mild", 2), ("even", 0), ("strict", -2))
    ]
    table.write_text("\n".join(["paper,reviewer,score", *rows]) + "\n")
    assert main(["calibrate", str(table), "-o", str(target)]) == 0
    told = capsys.readouterr().out
    assert "12 papers, 3 reviewers" in told
    assert "strictest strict" in told
    assert "mildest mild" in told
    found = json.loads(target.read_text())
    assert found["reviewers"]["mild"]["bias"] > 1 > -1 > found["reviewers"]["strict"]["bias"]
    assert found["papers"]["0"]["reviews"] == 3
    assert found["papers"]["0"]["error"] > 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("paper,reviewer,score\n1,ann,good\n", "line 2: 'good' is not a number"),
        ("paper,score\n1,3\n", "has no column reviewer"),
        ("paper,reviewer,score\n", "Calibration needs scores"),
    ],
)
def test_calibration_says_what_it_cannot_read(
    tmp_path: Path, text: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scores.csv").write_text(text)
    assert main(["calibrate", str(tmp_path / "scores.csv")]) == 2
    assert sentence in capsys.readouterr().err


def test_two_who_want_each_others_papers_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bids, authors, target = tmp_path / "bids.csv", tmp_path / "authors.csv", tmp_path / "found.json"
    bids.write_text("paper,reviewer\nb,ann\na,bob\n")
    authors.write_text("paper,reviewer\na,ann\nb,bob\n")
    common = ["rings", "--bids", str(bids), "--authors", str(authors)]
    assert main([*common, "--papers", "500", "-o", str(target)]) == 0
    assert "mutual: ann, bob; papers a, b" in capsys.readouterr().out
    (finding,) = json.loads(target.read_text())["findings"]
    assert finding["kind"] == "mutual"
    assert finding["people"] == ["ann", "bob"]
    bids.write_text("paper,reviewer\nb,ann\n")
    assert main(common) == 0
    assert capsys.readouterr().out == "Nothing stands out.\n"
