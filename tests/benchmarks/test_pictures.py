"""The networks on pictures of clothes: what is recorded belongs to the present script."""

import json

import pytest

from benchmarks.pictures import EPOCHS, NETWORKS, SEEDS, main, run, scaled, settings
from book.pictures import recorded


@pytest.mark.parametrize(("name", "rows"), [("part", [6000, 1000]), ("all", [60000, 10000])])
def test_recorded_settings_are_those_of_the_script(name, rows):
    found = recorded(name)
    assert found["settings"] == settings(found["settings"]["epochs"], rows)
    assert list(found["runs"]) == list(NETWORKS)
    assert len({len(runs) for runs in found["runs"].values()}) == 1


def test_the_part_is_recorded_as_the_script_runs_unless_told_otherwise():
    found = recorded("part")
    assert found["settings"]["epochs"] == EPOCHS
    assert {len(runs) for runs in found["runs"].values()} == {SEEDS}


def test_a_run_comes_out_as_recorded():
    # In single precision another processor may read some pictures otherwise.
    ours, theirs = run("Dense 7", 0, EPOCHS, scaled(None)), recorded("part")["runs"]["Dense 7"][0]
    for key in ("seen", "test", "shifted"):
        assert ours[key] == pytest.approx(theirs[key], abs=0.02)


def test_answers_are_counted_by_kind():
    for runs in recorded("part")["runs"].values():
        for found in runs:
            right = sum(row[kind] for kind, row in enumerate(found["pairs"]))
            assert right == pytest.approx(1000 * found["test"])
            assert sum(map(sum, found["pairs"])) == 1000


def test_one_seed_is_trained_and_saved_beside_others(tmp_path, capsys):
    file = tmp_path / "found.json"
    file.write_text('{"other": 1}', encoding="utf-8")
    main(["--epochs", "1", "--seeds", "1", "--save", str(file)])
    held = json.loads(file.read_text(encoding="utf-8"))
    assert list(held) == ["other", "part"]
    assert list(held["part"]["runs"]) == list(NETWORKS)
    assert capsys.readouterr().out.count("test 0.") == len(NETWORKS)
