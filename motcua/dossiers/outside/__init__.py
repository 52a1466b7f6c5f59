"""Carries out what goes out of the centre because of a dossier, and takes apart what comes in from other systems.

Nouns: a *delivery* is one message to one person; the *wire* is how another system is spoken to.
Nobody at the desk or at home waits for anything in here.
"""
