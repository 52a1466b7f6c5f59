"""Where this room's pages are: a commune's, the whole site's, and those of the people who keep the catalogue."""
