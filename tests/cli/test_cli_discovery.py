from __future__ import annotations

import os
from pathlib import Path

import pytest

from derivcheck.discovery import discover
from derivcheck.documents.model import Flavour


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def touch(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")


def found(*paths: str, **options: object) -> list[str]:
    return [path.as_posix() for path in discover([Path(p) for p in paths], **options).files]  # type: ignore[arg-type]


def test_documents_in_order_and_nothing_else(tree: Path) -> None:
    touch("z.tex", "b/x.md", "b/a.Rmd", "a/n.ltx", "c.py", "README", ".hidden.md", "b/img.png")
    assert found(".") == ["z.tex", "a/n.ltx", "b/a.Rmd", "b/x.md"]


def test_hidden_and_vendored_directories_are_skipped(tree: Path) -> None:
    touch(".git/x.md", ".venv/x.md", "node_modules/p/x.md", "venv/x.md", "docs/_build/x.md", "docs/x.md")
    assert found(".") == ["docs/x.md"]
    touch("requirements.txt")
    assert found(".", "requirements.txt") == ["docs/x.md", "requirements.txt"]
    assert found("node_modules") == ["node_modules/p/x.md"]  # when named


def test_notebooks_but_not_their_checkpoints(tree: Path) -> None:
    touch("a.ipynb", "b/c.ipynb", "b/.ipynb_checkpoints/c-checkpoint.ipynb")
    assert found(".") == ["a.ipynb", "b/c.ipynb"]


def test_gitignore_files_of_the_repository(tree: Path) -> None:
    touch(".git/HEAD", "top.md", "a/keep.md", "a/drop.md", "a/out/x.md", "a/b/drop.md")
    touch("b/drop.md", "b/top.md")
    Path(".gitignore").write_text("drop.md\nout/\n/top.md\n", "utf-8")
    Path("a/b/.gitignore").write_text("!drop.md\n", "utf-8")
    assert found(".") == ["a/keep.md", "a/b/drop.md", "b/top.md"]
    assert found("a") == ["a/keep.md", "a/b/drop.md"]  # patterns from above hold
    assert found("a/drop.md") == ["a/drop.md"]  # a file that is named is taken


def test_gitignore_outside_a_repository_holds_below_it_only(tree: Path) -> None:
    touch("a/x.md", "a/y.md")
    Path(".gitignore").write_text("x.md\n", "utf-8")
    Path("a/.gitignore").write_text("y.md\n", "utf-8")
    assert found("a") == ["a/x.md"]
    assert found(".") == []


def test_a_broken_gitignore_is_read_as_far_as_possible(tree: Path) -> None:
    touch("x.md", "y.md")
    Path(".gitignore").write_bytes(b"\xff\xfe\n!\n\\\n[z-a].md\nx.md\n" + b"*y" * 60 + b"\n")
    assert found(".", exclude=("!",)) == ["y.md"]


def test_exclude_patterns(tree: Path) -> None:
    touch("drafts/x.md", "a/drafts/x.md", "a/x.md")
    assert found(".", exclude=("drafts/",)) == ["a/x.md"]
    assert found(".", exclude=("/drafts",)) == ["a/x.md", "a/drafts/x.md"]


def test_no_file_twice(tree: Path) -> None:
    touch("a/x.md", "a/y.md")
    assert found("a/y.md", "a", "./a/x.md") == ["a/y.md", "a/x.md"]


def test_linked_directories_are_not_entered(tree: Path) -> None:
    touch("a/x.md")
    os.symlink(tree, "a/loop")
    os.symlink("nowhere.md", "a/dangling.md")
    assert found(".") == ["a/x.md"]


def test_what_cannot_be_used_is_named(tree: Path) -> None:
    touch("x.md", "notes.rst")
    result = discover([Path("gone.md"), Path("notes.rst"), Path("x.md")])
    assert result.files == (Path("x.md"),)
    assert [problem.partition(":")[0] for problem in result.problems] == ["gone.md", "notes.rst"]
    assert discover([Path("notes.rst")], flavour=Flavour.MARKDOWN).files == (Path("notes.rst"),)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_directory_that_may_not_be_read_is_named(tree: Path) -> None:
    touch("open/x.md", "shut/x.md")
    Path("shut").chmod(0)
    try:
        result = discover([Path()])
    finally:
        Path("shut").chmod(0o755)
    assert result.files == (Path("open/x.md"),)
    assert result.problems
