"""The front doors that combine rooms: the citizen's home, the officer's desk, the settings pages, the demo data."""
