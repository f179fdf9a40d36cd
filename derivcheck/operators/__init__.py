"""the table of operators, one file per family."""
