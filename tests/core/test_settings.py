import json

import pytest

from genglossary_gui.core import paths
from genglossary_gui.core.settings import AppSettings, RunSettings, load_settings, save_settings


def test_settings_come_back_as_they_were_saved():
    chosen = AppSettings(language="ja", theme="dark", workers=3, max_document_mb=10)
    save_settings(chosen)
    assert load_settings() == chosen


def test_without_a_file_there_are_defaults():
    assert load_settings() == AppSettings()


@pytest.mark.expected_logs("unusable value")
@pytest.mark.parametrize(
    "broken", [{"workers": -1}, {"workers": True}, {"workers": "2"}, {"language": "xx"}, {"theme": None}]
)
def test_a_broken_value_costs_only_itself(broken):
    values = {"theme": "dark", "max_document_mb": 10, **broken}
    (paths.config_folder() / "settings.json").write_text(json.dumps(values))
    loaded = load_settings()
    assert loaded.max_document_mb == 10
    assert getattr(loaded, next(iter(broken))) == getattr(AppSettings(), next(iter(broken)))


@pytest.mark.expected_logs("settings")
@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\xfa"])
def test_an_unreadable_file_means_defaults(content):
    (paths.config_folder() / "settings.json").write_bytes(content)
    assert load_settings() == AppSettings()


def test_r23_settings_of_a_run_are_frozen_into_text_and_back():
    settings = RunSettings(documents_language="ja", max_document_mb=3)
    assert RunSettings.from_json(settings.to_json()) == settings
