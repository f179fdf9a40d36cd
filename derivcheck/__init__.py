"""derivcheck: the spell-checker for mathematics."""
