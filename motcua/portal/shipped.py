"""The shipped data of this room, read from its files: what a new centre begins with, the demonstration's cast."""

from importlib import resources
from typing import Any, cast

import yaml


def read(name: str) -> dict[str, Any]:
    """The content of motcua/portal/data/<name>.yaml."""
    file = resources.files("motcua.portal") / "data" / f"{name}.yaml"
    return cast("dict[str, Any]", yaml.safe_load(file.read_text(encoding="utf-8")))
