"""What the product costs, held against a floor measured in the same run, and printed as ratios; never a timed test.

Nouns: floor (the least a Django page must do to keep a form and a photo), filing (the whole of ours), inbox, memory.
`python -m benchmarks` runs all of them; `python -m benchmarks filing` one.
"""
