"""`motcua version`: which version this is. It opens nothing."""

from importlib import metadata

from motcua.config.cli.parser import Options


def run(options: Options) -> int:
    print(f"Một Cửa {metadata.version('motcua')}")
    return 0
