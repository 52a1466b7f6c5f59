"""What goes out of the house because of this room: short mails, the feed, calendar files."""
