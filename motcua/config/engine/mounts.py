"""On what kind of file system a folder lies: over a network, SQLite's locks and its log cannot be trusted."""

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
OVER_A_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "ncpfs", "vboxsf", "virtiofs"}
_ESCAPE = re.compile(r"\\([0-7]{3})")


def kind_of_file_system(folder: Path, mounts: Path = MOUNTS) -> str:
    """Like ext4 or nfs4; empty where the system does not tell."""
    try:
        lines = mounts.read_text().splitlines()
    except OSError:
        return ""
    folder = folder.resolve()
    found, depth = "", -1
    for line in lines:
        _device, point, kind = line.split(" ")[:3]
        place = Path(_ESCAPE.sub(lambda code: chr(int(code[1], 8)), point))
        # The deepest mount holds the folder; of two on the same point, the later covers the earlier.
        if folder.is_relative_to(place) and len(place.parts) >= depth:
            found, depth = kind, len(place.parts)
    return found


def is_over_a_network(kind: str) -> bool:
    """Whether a database file there can be harmed. Fuse is taken to be, but for drives that are plugged in."""
    return kind in OVER_A_NETWORK or kind.startswith("fuse.")
