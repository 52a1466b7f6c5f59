"""One person at the counter, made ready for the sheet: who sits there, what is typed and scanned, what is known.

Nouns: a *sitting* is the matters of one person in one visit; the *tray* holds the scanned papers.
It decides nothing about a dossier; services do.
"""
