"""The tests' database is kept in memory where there is room, and leaves nothing behind for good."""

import shutil
from pathlib import Path

import pytest

from portal.run import memory
from portal.run.folder import DataFolder


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the machine's memory."""
    place = tmp_path / "memory"
    place.mkdir()
    monkeypatch.setattr(memory, "MEMORY", place)
    return place


def folder_at(path: Path) -> DataFolder:
    folder = DataFolder(path)
    folder.prepare()
    return folder


def test_a_folder_finds_its_database_again(shelf: Path, tmp_path: Path) -> None:
    first, again, other = (folder_at(tmp_path / name) for name in ("one", "one", "two"))
    for folder in (first, again, other):
        memory.keep_database_of(folder)

    assert first.cluster.parent.parent == shelf
    assert again.cluster == first.cluster
    assert other.cluster != first.cluster


def test_without_room_the_database_stays_in_its_folder(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "NEEDED_BYTES", 2**60)
    folder = folder_at(tmp_path / "one")

    memory.keep_database_of(folder)

    assert folder.cluster == folder.path / "postgres"
    assert list(shelf.iterdir()) == []


def test_a_machine_without_such_memory_keeps_it_in_the_folder(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "MEMORY", shelf / "absent")
    folder = folder_at(tmp_path / "one")

    memory.keep_database_of(folder)

    assert folder.cluster == folder.path / "postgres"


def test_what_belongs_to_a_folder_that_is_gone_is_deleted(shelf: Path, tmp_path: Path) -> None:
    gone, kept = folder_at(tmp_path / "gone"), folder_at(tmp_path / "kept")
    memory.keep_database_of(gone)
    gone.path.rename(tmp_path / "moved")

    memory.keep_database_of(kept)

    assert [place / "postgres" for place in shelf.iterdir()] == [kept.cluster]


def test_a_folder_made_anew_at_the_same_path_gets_a_database_of_its_own(shelf: Path, tmp_path: Path) -> None:
    first = folder_at(tmp_path / "one")
    memory.keep_database_of(first)
    shutil.rmtree(first.path)

    again = folder_at(tmp_path / "one")
    memory.keep_database_of(again)

    assert again.cluster != first.cluster
    assert [place / "postgres" for place in shelf.iterdir()] == [again.cluster]


def test_a_place_that_leads_elsewhere_is_not_used(shelf: Path, tmp_path: Path) -> None:
    folder, elsewhere = folder_at(tmp_path / "one"), tmp_path / "elsewhere"
    memory.keep_database_of(folder)
    place = folder.cluster.parent
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    again = folder_at(tmp_path / "one")

    memory.keep_database_of(again)

    assert again.cluster == again.path / "postgres"
