"""The six programmes that come with the portal."""

from __future__ import annotations

import shutil

import pytest

from portal.directory.rules.settings import Setting
from portal.programmes.registry import DATA, read_folder, registry, title_of, unknown_scales
from portal.programmes.rules.definition import DefinitionError
from portal.scales.registry import registry as scales
from portal.scales.rules.definition import ScaleUse


def test_the_six_programmes_are_there_each_with_its_scale() -> None:
    assert {key: programme.default_scale for key, programme in registry().items()} == {
        "ips-ad": "ips-25-ad",
        "ips-beyond-smi": "ips-25",
        "ips-smi": "ips-25",
        "scr-trial": "scr",
        "seqf": "seqf",
        "wm-thrive": "thrive-24",
    }


def test_every_scale_of_a_programme_is_one_of_the_portals() -> None:
    assert unknown_scales(registry(), scales().keys()) == []
    assert unknown_scales(registry(), ("ips-25",))[0].startswith("ips-ad.toml: there is no scale")


def test_only_seqf_has_a_default_scale_that_cannot_be_scored() -> None:
    unscored = {
        p.key for p in registry().values() if scales().get(p.default_scale).use is not ScaleUse.ASSESS
    }
    assert unscored == {"seqf"}


def test_every_setting_of_a_programme_is_one_of_the_directorys() -> None:
    assert {one for programme in registry().values() for one in programme.settings} == set(Setting)


@pytest.mark.parametrize("key", sorted(registry()))
def test_every_band_of_accreditation_is_a_band_of_the_scale(key: str) -> None:
    programme = registry()[key]
    bands = {band.key for band in scales().get(programme.default_scale).bands}
    if bands:
        assert set(programme.cadence.accredited_bands) <= bands


@pytest.mark.parametrize(
    ("programme", "parameter", "words"),
    [
        ("ips-beyond-smi", "unit-cost", "£2,000 to £2,500"),
        ("seqf", "out-of-work-support", "9 to 12 months"),
        ("seqf", "sustained-work", "At least 70%"),
        ("scr-trial", "caseload", "At most 35 people"),
        ("scr-trial", "metric-caseload", "At most 30 people"),
        ("wm-thrive", "in-work-support", "4 months"),
        ("ips-ad", "out-of-work-support", "Not set"),
        ("ips-smi", "retention-share", "At most 15%"),
    ],
)
def test_parameters_are_those_of_the_sources(programme: str, parameter: str, words: str) -> None:
    assert registry()[programme].by_key[parameter].words == words


@pytest.mark.parametrize("key", sorted(registry()))
def test_every_programme_is_assessed_yearly_at_least(key: str) -> None:
    assert registry()[key].cadence.self_every == 12


def test_what_a_source_leaves_open_has_a_place_and_a_reading() -> None:
    for programme in registry().values():
        assert programme.open_points, programme.key
        assert all(point.source and point.reading for point in programme.open_points)


def test_titles_are_found_even_of_programmes_no_longer_shipped() -> None:
    assert [title_of(None), title_of("gone"), title_of("wm-thrive")] == ["", "gone", "Thrive into Work"]


def test_a_file_named_otherwise_than_its_key_is_refused(tmp_path) -> None:
    text = (DATA / "seqf.toml").read_text(encoding="utf-8")
    shutil.copytree(DATA / "reviews", tmp_path / "reviews")
    (tmp_path / "other.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"^other\.toml: .*seqf"):
        read_folder(tmp_path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path) -> None:
    (tmp_path / "x.toml").write_bytes(b'key = "\xff"')
    with pytest.raises(DefinitionError, match="byte 8 is not UTF-8"):
        read_folder(tmp_path)
