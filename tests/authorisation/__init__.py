"""Who gets at what: every address, tried by everybody."""
