"""Copies of everything that must be kept, made by themselves and proven by restoring them.

Nouns: place (a folder that holds copies: one on this machine, others on further disks), copy (the database of one
moment with the keys, and the list of its papers), papers (kept once in each place, by their digest), manifest (what a
copy says of itself), proof (that it was restored into a scratch area and compared), fault.
A copy without a manifest does not count. It does not decide when: `motcua backup` and the nightly work do.
"""
