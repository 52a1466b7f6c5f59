"""The front doors: the first pages, the settings of an office, choosing a password by a link."""
