"""Một Cửa: one door to a commune's public services, for the people who come and the people who serve them."""
