"""What the desk's pages of this room show, made ready for templates. Reads only."""
