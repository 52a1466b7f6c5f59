"""One file per command; the `motcua` command of people is config/cli."""
