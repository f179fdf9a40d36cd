"""derivcheck: the spell-checker for mathematics."""

__version__ = "0.1.0"
