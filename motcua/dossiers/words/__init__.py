"""The words in which a dossier is told: to citizens, at the desk, and when something has to be mended.

It knows no page and asks for nothing that it is not given.
"""
