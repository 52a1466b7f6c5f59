"""Why some bytes are not taken."""

CODES = (
    "empty",
    "too_large",
    "type",  # neither a photo nor a PDF
    "office",  # a document of an office program, or an archive
    "broken",
    "too_many_pixels",
    "locked",  # with a password
    "acts",  # something in it would run
    "holds_files",  # other files lie in it
    "foreign",  # something else is hidden before, behind or between
    "bomb",  # far larger than it looks
    "unclear",  # packed so that nobody can look into it
    "macros",
    "links",  # fetches from elsewhere
)


class NotTaken(ValueError):
    """These bytes are not kept; `reason` is one of CODES."""

    def __init__(self, reason: str) -> None:
        assert reason in CODES
        super().__init__(reason)
        self.reason = reason
