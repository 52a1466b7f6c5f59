"""The catalogue: what a person may ask of the office, as dated and immutable versions.

Nouns: Sector, Procedure, Version, Overlay, Posting (a sheet that hangs), field type, form, component, route.
It does not: hold anybody's answers, know a dossier, or decide a case.
"""
