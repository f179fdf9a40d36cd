"""derivcheck: the spell-checker for mathematics.

`check_text` and `check_paths` are the public interface; they give frozen records (`derivcheck.report.model`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derivcheck.config import Options
    from derivcheck.pipeline import check_paths, check_text

__version__ = "0.1.0"
__all__ = ["Options", "__version__", "check_paths", "check_text"]


def __getattr__(name: str) -> Any:
    """Loaded on first use: `derivcheck --version` must not wait for mathematics."""
    if name in ("check_paths", "check_text"):
        from derivcheck import pipeline

        return getattr(pipeline, name)
    if name == "Options":
        from derivcheck.config import Options

        return Options
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
