"""The acts of this room's pages: words, key, form, and which service does it; why one was refused."""
