"""Words every room shares: offices, people, matters, the ledger, files, numbers, deliveries, time and money. It
knows no mission word.
"""
