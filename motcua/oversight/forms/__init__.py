"""What people type in this room, one module per noun."""
