"""The trainer's commands: what is asked wrongly is told, and what there is is listed."""

import json
from pathlib import Path

import pytest
from making import STYLES, TINY, edit, lay_tiny, run


@pytest.mark.parametrize(("words", "told"), [
    (("course", "dag"), "there is no course 'dag' (courses: kveld, stutt)"),
    (("excerpt", "heim/kafi"), "there is no theme 'heim/kafi'"),
    (("excerpt", "heim", "--profile", "print", "--audience", "participant"), "only handouts are made for an audience"),
    (("courses", "--csv", STYLES / "palette.yaml", "--course", "dag"), "there is no course 'dag'")])
def test_what_is_asked_wrongly_is_told_with_what_there_is(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    ended = run(*words, "--styles", STYLES, cwd=tmp_path)
    assert ended.returncode == 2 and told in " ".join(ended.stderr.split()).replace("│ ", "")
    assert not (tmp_path / "dist").exists()


def test_list_names_the_courses(tmp_path: Path) -> None:
    words = "list", "--content", TINY, "--styles", STYLES, "--cache", tmp_path / "cache"
    assert "course kveld: Kven tek imot hos oss?" in run(*words).stdout
    listed = json.loads(run(*words, "--format", "json").stdout)["courses"]
    assert [one["id"] for one in listed] == ["kveld", "stutt"] and listed[0]["name"] == "Kveld om å bli buande"


def test_course_with_a_mistake_writes_nothing(tmp_path: Path) -> None:
    content = lay_tiny(tmp_path)
    edit(content / "courses" / "kveld.yaml", "heim/kaffi", "heim/kafi")
    ended = run("course", "kveld", "--styles", STYLES, cwd=tmp_path)
    assert ended.returncode == 1 and "did you mean 'heim/kaffi'?" in ended.stderr
    assert not (tmp_path / "dist").exists()


def test_theme_without_a_guide_is_told(tmp_path: Path) -> None:
    lay_tiny(tmp_path)
    ended = run("excerpt", "arbeid", "--audience", "facilitator", "--strict", "--styles", STYLES, cwd=tmp_path)
    assert ended.returncode == 1 and "warning no-guide: the theme 'arbeid' has no guide" in ended.stderr
