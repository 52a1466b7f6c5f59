"""The localities as fields need them: rows for a select, and whether a commune lies in a province."""

from motcua.kernel import localities


def province_rows() -> list[tuple[str, str]]:
    """Code and name of every province."""
    return [(each.code, each.name) for each in localities.provinces()]


def commune_rows(province: str) -> list[tuple[str, str]]:
    """Code and full name of every commune of this province; none for an unknown one."""
    return [(each.code, each.full_name) for each in localities.communes_of(province)]


def is_province(code: object) -> bool:
    """Whether this is the code of a province."""
    return isinstance(code, str) and any(each.code == code for each in localities.provinces())


def has_commune(province: str, code: object) -> bool:
    """Whether this province has a commune of this code."""
    return isinstance(code, str) and any(each.code == code for each in localities.communes_of(province))


def commune_exists(code: str) -> bool:
    """Whether any province has a commune of this code."""
    found = localities.get(code)
    return found is not None and len(code) == 5


def full_name(code: str) -> str:
    """The full name of a province or commune; its code where it is not known any more."""
    found = localities.get(code)
    return code if found is None else found.full_name


def province_of(commune: str) -> str:
    """The code of the province this commune lies in; empty for an unknown one."""
    found = localities.get(commune)
    return "" if found is None else str(found.parent_code)
