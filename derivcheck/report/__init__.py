"""a Report → text, json: pure functions to str."""
