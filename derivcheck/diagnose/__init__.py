"""only for findings: repairs."""
