"""Where this room's pages are."""
