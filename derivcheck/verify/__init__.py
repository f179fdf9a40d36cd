"""a claim → evidence."""
