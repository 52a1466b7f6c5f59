"""A person's request, from the first typed letter to the returned result.

Nouns: Draft, Dossier, Applicant, Filing, Paper, Upload, SupplementRequest, Extension, Opinion, Message, Transfer,
EditionChange, Ending (refused, withdrawn, stopped), Undoing, Result, Returning, Shelf, IssuedForm.
It does not: define procedures or forms (procedures), take money (payments), or combine rooms on a page (portal).
"""
