"""Nearness of texts: English, Chinese, files, and what stands in the way."""

import gzip
import json
from pathlib import Path

import pytest

from reviewers import BadInstance
from reviewers.affinity import Text, affinity, words
from reviewers.affinity.embedding import installed
from reviewers.cli import main

PAST = {
    "g1": Text("g1", "Graph neural networks for molecules", "Message passing on graphs of atoms."),
    "g2": Text("g2", "Expressive power of graph networks", "Message passing and graph isomorphism."),
    "r1": Text("r1", "Peer review assignment", "Matching reviewers to papers by flow."),
    "r2": Text("r2", "Fair reviewer assignment", "Reviewers, papers and matching."),
    "z1": Text("z1", "图神经网络的表达能力", "消息传递与图同构。"),
    "z2": Text("z2", "分子图神经网络", "图神经网络用于分子性质预测。"),
}
PROFILES = {"ann": ["g1", "g2"], "bob": ["r1", "r2"], "王": ["z1", "z2"], "new": []}


def near(paper: Text) -> dict[str, float]:
    found = affinity([paper], PROFILES, PAST, "tfidf")
    return dict(zip(map(str, found.reviewers), found.matrix[0].tolist(), strict=True))


def test_the_nearest_writer_comes_first_in_both_languages() -> None:
    english = near(Text("p", "Message passing networks on graphs"))
    assert max(english, key=english.__getitem__) == "ann"
    assert english["bob"] == english["new"] == 0.0
    chinese = near(Text("p", "图神经网络综述"))
    assert max(chinese, key=chinese.__getitem__) == "王"
    assert all(0.0 <= score <= 1.0 for score in (english | chinese).values())


def test_words_are_folded_paired_and_cleared_of_filling() -> None:
    assert words("The Graph Networks of ＧＲＡＰＨ") == ["graph", "network", "graph network", "graph"]
    assert words("图网络的") == ["图网", "网络", "图网络"]


def test_profiles_may_name_texts_that_are_not_there() -> None:
    found = affinity([Text("p", "graph networks")], {"ann": ["g1", "gone", "g1"]}, PAST, "tfidf")
    assert found.matrix.shape == (1, 1)
    assert found.model == "tfidf"


def test_embeddings_are_an_extra() -> None:
    if installed():
        assert affinity([PAST["g1"]], PROFILES, PAST, "minilm").model == "minilm"
    else:
        with pytest.raises(BadInstance, match="extra embeddings"):
            affinity([PAST["g1"]], PROFILES, PAST, "minilm")


def test_the_command_line_reads_packed_papers_and_writes_pairs(tmp_path: Path) -> None:
    lines = [json.dumps({"id": t.id, "title": t.title, "abstract": t.abstract}) for t in PAST.values()]
    with gzip.open(tmp_path / "p.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    (tmp_path / "profiles.json").write_text(json.dumps(PROFILES), encoding="utf-8")
    (tmp_path / "pairs.csv").write_text("reviewer,paper\nann,g1\nbob,g1\n", encoding="utf-8")
    common = ["--papers", str(tmp_path / "p.jsonl.gz"), "--profiles", str(tmp_path / "profiles.json")]
    target = tmp_path / "scores.csv"
    assert (
        main(["affinity", *common, "--pairs", str(tmp_path / "pairs.csv"), "--model", "tfidf", "-o", str(target)]) == 0
    )
    rows = [line.split(",") for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row[:2] for row in rows] == [["reviewer", "paper"], ["ann", "g1"], ["bob", "g1"]]
    assert float(rows[1][2]) > float(rows[2][2])
    assert main(["affinity", *common, "--model", "tfidf", "-o", str(target)]) == 0
    assert len(target.read_text(encoding="utf-8").splitlines()) == 1 + len(PAST) * len(PROFILES)


def test_a_broken_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.jsonl").write_text('{"id": 1, "title": "x"}\n{"id": 2}\n', encoding="utf-8")
    (tmp_path / "profiles.json").write_text("{}", encoding="utf-8")
    given = ["--papers", str(tmp_path / "p.jsonl"), "--profiles", str(tmp_path / "profiles.json"), "-o", "x.csv"]
    assert main(["affinity", *given]) == 2
    assert capsys.readouterr().err == "p.jsonl, line 2: an id and a title are needed.\n"
