import json
import os

import pytest

from genglossary_gui.core import paths
from genglossary_gui.core.settings import AppSettings, RunSettings, dask_host, load_settings, save_settings


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


@pytest.mark.expected_logs("settings")
def test_an_unreadable_file_is_kept_when_others_are_saved():
    (paths.config_folder() / "settings.json").write_bytes(b'{"shortcuts": {"window/actionRun": "F5"')

    save_settings(load_settings())
    save_settings(AppSettings(theme="dark"))

    assert load_settings().theme == "dark"
    assert b"F5" in (paths.config_folder() / "settings.damaged.json").read_bytes()


def test_r23_settings_of_a_run_are_frozen_into_text_and_back():
    settings = RunSettings(documents_language="ja", max_document_mb=3)
    assert RunSettings.from_json(settings.to_json()) == settings


LLM = RunSettings(engine="llm", llm_url="https://example.org/v1", llm_model="m", llm_temperature=0.5, llm_seed=3)


def test_r23_the_model_is_frozen_into_the_run():
    assert RunSettings.from_json(LLM.to_json()) == LLM


def test_a_run_without_a_model_says_nothing_of_one():
    assert "llm" not in RunSettings(llm_model="m").to_json()


def test_a_run_begins_with_what_the_app_remembers():
    run = AppSettings(engine="llm", llm_model="m", max_document_mb=7).for_run(documents_language="ja")
    assert (run.engine, run.llm_model, run.max_document_mb, run.documents_language) == ("llm", "m", 7, "ja")


@pytest.mark.expected_logs("unusable value")
@pytest.mark.parametrize(
    "broken",
    [
        {"llm_url": "http://user:secret@example.org"},
        {"llm_url": "https://example.org/v1?key=secret"},
        {"llm_url": "file:///etc/passwd"},
        {"llm_temperature": 3},
        {"llm_temperature": True},
        {"llm_seed": -2},
        {"llm_parallel": 0},
        {"llm_provider": "unknown"},
    ],
)
def test_a_broken_value_of_the_model_costs_only_itself(broken):
    loaded = RunSettings.from_json(json.dumps(json.loads(LLM.to_json()) | broken))
    [name] = broken
    assert getattr(loaded, name) == getattr(RunSettings(), name)
    assert loaded.llm_model == "m"


def test_an_address_with_a_secret_is_not_stored():
    assert "secret" not in RunSettings(engine="llm", llm_url="http://user:secret@example.org").to_json()


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("", ""),
        ("tcp://localhost:8786", ""),
        ("tcp://127.0.0.1:8786", ""),
        ("tls://[::1]:8786", ""),
        ("tcp://cluster.example.com:8786", "cluster.example.com:8786"),
        ("tcp://10.0.0.5:8786", "10.0.0.5:8786"),
    ],
)
def test_m1_a_cluster_elsewhere_is_named(address, host):
    assert dask_host(address) == host


@pytest.mark.expected_logs("has an unusable value")
@pytest.mark.parametrize("value", ["*.tmp", [3], [""], ["x" * 500], ["a\nb"], ["x"] * 1_000])
def test_exclusions_that_are_no_patterns_cost_only_themselves(value: object) -> None:
    save_settings(AppSettings(theme="dark", exclusions=value))  # type: ignore[arg-type]
    assert load_settings() == AppSettings(theme="dark")


def test_exclusions_come_back() -> None:
    save_settings(AppSettings(exclusions=("*.tmp", "下書き/*")))
    assert load_settings().exclusions == ("*.tmp", "下書き/*")


def test_settings_that_cannot_be_written_leave_nothing_behind():
    save_settings(AppSettings())
    target = paths.config_folder() / "settings.json"
    target.unlink()
    target.mkdir()  # nothing can take its place

    with pytest.raises(IsADirectoryError if os.name == "posix" else PermissionError):
        save_settings(AppSettings(theme="dark"))

    assert [file.name for file in paths.config_folder().iterdir()] == ["settings.json"]
