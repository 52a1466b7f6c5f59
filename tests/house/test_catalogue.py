"""Every file of the catalogue loads."""

from motcua.procedures import services as procedures


def test_every_file_of_the_catalogue_is_sound() -> None:
    assert any(procedures.SHIPPED.rglob("*.yaml"))
    faults = procedures.faults_of(procedures.SHIPPED)
    assert not faults, "\n".join(map(str, faults))
