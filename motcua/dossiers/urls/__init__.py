"""Where this room's pages are: the citizen's and the desk's, each in its own module."""
