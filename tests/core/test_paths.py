from pathlib import Path

from genglossary_gui.core import paths


def test_one_variable_moves_every_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GENGLOSSARY_HOME", str(tmp_path / "home"))
    folders = [
        paths.config_folder(),
        paths.data_folder(),
        paths.log_folder(),
        paths.projects_folder(),
    ]
    assert all(folder.is_relative_to(tmp_path / "home") and folder.is_dir() for folder in folders)
    assert len(set(folders)) == len(folders)


def test_the_resources_are_found():
    assert (paths.resources() / "samples" / "en").is_dir()
    assert isinstance(paths.resources(), Path)
