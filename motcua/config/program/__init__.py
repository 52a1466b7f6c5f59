"""The program as it lies on a machine that was installed from the package: several versions side by side, one in use.

Nouns: package (the .deb file: what a machine is installed from and what an update is), seal (the publisher's signature
in it), shelf (/opt/motcua with a folder for each version and the link `current`), offer (a newer package on a stick or
at an address), renewal (what the data folder remembers of the last update), change (from one version to another, with
the way back).
It touches no table: the versions' own `motcua update` does that, as the account that owns the data.
"""
