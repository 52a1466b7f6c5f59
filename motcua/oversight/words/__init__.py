"""The words for states, kinds and events of this room, as people read them."""
