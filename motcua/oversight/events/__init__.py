"""What can happen in this room, one module per noun. Payloads carry ids and codes, never words that people wrote."""
