"""Knows everything and is known by nobody: settings, URLs, the server's entry, the database engine and the motcua
command.
"""
