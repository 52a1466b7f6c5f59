"""What may be looked at of a dossier, and what for: as codes; the words are with the desk's labels."""

# The page, a paper of it, a printed form, data given to the person, everything for an inspection.
PAGE, PAPER, PRINT, EXPORT, PACK = "page", "paper", "print", "export", "pack"
KINDS = (PAGE, PAPER, PRINT, EXPORT, PACK)
# Whoever is party to the dossier works on it; everybody else says what for.
WORK, OVERSIGHT, COMPLAINT, INSPECTION, REQUEST, OTHER = (
    "work",
    "oversight",
    "complaint",
    "inspection",
    "request",
    "other",
)
PURPOSES = (WORK, OVERSIGHT, COMPLAINT, INSPECTION, REQUEST, OTHER)
# What whoever leads a province may open a dossier of a commune for.
STATED = (OVERSIGHT, COMPLAINT, INSPECTION, OTHER)
SHORTEST, LONGEST = 10, 300
