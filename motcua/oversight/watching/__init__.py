"""What people are promised here, tried on the rows."""
