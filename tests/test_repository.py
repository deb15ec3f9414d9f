"""The door to git: what a folder held at a revision, in memory."""

import subprocess
from pathlib import Path

import pytest

from booklet.repository import NoRevision, Repository, holds, open_repository

_WHO = ("-c", "user.email=a@example.org", "-c", "user.name=A", "-c", "commit.gpgsign=false")


def git(home: Path, *words: str) -> str:
    """Let git do something; return what it says."""
    done = subprocess.run(["git", "-C", str(home), *_WHO, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(home: Path, message: str = "m") -> str:
    """Commit everything in a repository; return the revision."""
    git(home, "add", "-A")
    git(home, "commit", "-qm", message)
    return git(home, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with two revisions of a folder «content»."""
    git(tmp_path, "init", "-q", ".")
    (tmp_path / "content" / "front").mkdir(parents=True)
    (tmp_path / "content" / "booklet.yaml").write_bytes(b"a: 1\r\n")
    (tmp_path / "content" / "front" / "blåbær.md").write_bytes(b"bytes\n")
    (tmp_path / "README").write_text("x")
    commit(tmp_path)
    git(tmp_path, "tag", "first")
    (tmp_path / "content" / "booklet.yaml").write_bytes(b"")
    (tmp_path / "content" / "link").symlink_to("/etc/passwd")
    commit(tmp_path)
    return open_repository(tmp_path / "content")


def test_old_files_are_what_they_were_to_the_byte(repository: Repository) -> None:
    first = repository.files(repository.resolve("first"))
    assert first == {"booklet.yaml": b"a: 1\r\n", "front/blåbær.md": b"bytes\n"}
    now = repository.files(repository.resolve("HEAD"))
    assert now == {"booklet.yaml": b"", "front/blåbær.md": b"bytes\n"}, "a link is no file of the content"
    assert (repository.top / "content" / "link").is_symlink(), "nothing is checked out"


@pytest.mark.parametrize(("name", "told"), [
    ("nowhere", "there is no revision 'nowhere'"), ("--help", "there is no revision '--help'"),
    ("HEAD:content", "there is no revision"), ("", "there is no revision ''"),
])
def test_name_that_is_no_revision_is_told(name: str, told: str, repository: Repository) -> None:
    with pytest.raises(NoRevision, match=told):
        repository.resolve(name)


def test_digits_that_fit_two_objects_are_ambiguous(repository: Repository) -> None:
    """Of 400 commits two begin alike in four digits; they are the same in every run."""
    said = "".join(
        f"commit refs/heads/many\ncommitter A <a@example.org> {at} +0000\ndata 1\nx\n" for at in range(1000, 1400))
    subprocess.run(["git", "-C", str(repository.top), "fast-import", "--quiet"], input=said.encode(), check=True)
    names = git(repository.top, "rev-list", "many").split()
    starts = [name[:4] for name in names]
    twice = next(start for start in starts if starts.count(start) > 1)
    with pytest.raises(NoRevision, match=f"'{twice}' is ambiguous"):
        repository.resolve(twice)


def test_revisions_of_a_folder_are_those_that_changed_it_newest_first(repository: Repository) -> None:
    (repository.top / "README").write_text("y")
    last = commit(repository.top, "aside")
    newest, first = repository.revisions()
    assert first == repository.resolve("first") and last not in (newest, first)
    assert repository.title(newest).startswith(newest[:7]) and repository.title(newest).endswith(" m")
    assert repository.blobs(first)["booklet.yaml"] == git(repository.top, "rev-parse", "first:content/booklet.yaml")


def test_folder_that_was_not_there_yet_is_empty(repository: Repository) -> None:
    assert repository.files(repository.resolve("HEAD"), "styles") == {}


def test_folder_outside_any_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoRevision, match="lies in no git repository"):
        open_repository(tmp_path)
    with pytest.raises(NoRevision, match="there is no folder"):
        open_repository(tmp_path / "nowhere")


def test_folder_is_compared_file_by_file_but_for_what_lies_aside(repository: Repository) -> None:
    folder = repository.top / "content"
    (folder / "link").unlink()
    files = repository.files(repository.resolve("HEAD"))
    (folder / "runs").mkdir()
    (folder / "runs" / "2019-1.yaml").write_text("x")
    (folder / ".hidden").write_text("x")
    assert holds(files, folder, "runs") and not holds(files, folder)
    (folder / "booklet.yaml").write_text("b")
    assert not holds(files, folder, "runs")
