"""What a person sees who types `motcua`: help, exit codes, one sentence for each trouble."""

import errno
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db.utils import OperationalError
from environs import EnvError

from motcua.config import cli
from motcua.config.cli import parser, serve, troubles, words
from motcua.config.cli.troubles import CannotRun
from motcua.config.places import AddressNotUnderstood


@pytest.fixture(autouse=True)
def _vietnamese_again() -> Iterator[None]:
    yield
    words.speak("vi")


@pytest.mark.parametrize("command", parser.COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--english", command, "--help"])
    assert end.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 3


def test_help_of_the_whole_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    said = capsys.readouterr().out
    assert all(command in said for command in parser.COMMANDS)


@pytest.mark.parametrize("typed", [[], ["fly"], ["serve", "--port", "0"], ["catalogue"], ["catalogue", "import"]])
def test_wrong_use_ends_with_two(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(typed)
    assert end.value.code == troubles.WRONG_USE


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["version"]) == 0
    assert capsys.readouterr().out.startswith("Một Cửa 0.")


@pytest.mark.parametrize(
    ("typed", "environment", "language"),
    [
        ([], {}, "vi"),
        (["--english"], {"MOTCUA_LANG": "vi"}, "en"),
        ([], {"MOTCUA_LANG": "en"}, "en"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"MOTCUA_LANG": "vi", "LANG": "en_US.UTF-8"}, "vi"),
        ([], {"LANG": "C.UTF-8"}, "vi"),
    ],
)
def test_the_command_speaks_the_language_of_whoever_asks(
    typed: list[str], environment: dict[str, str], language: str
) -> None:
    assert words.language(typed, environment) == language


def test_a_taken_port_is_said_before_anything_else_happens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotRun, match=str(port)):
            serve.port_is_free("127.0.0.1", port)
    serve.port_is_free("127.0.0.1", port)


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (AddressNotUnderstood("x"), "MOTCUA_DATABASE_URL"),
        (EnvError("MOTCUA_PORT is not a number"), "MOTCUA_PORT"),
        (PermissionError(errno.EACCES, "no", "/srv/x"), "/srv/x"),
        (OSError(errno.EROFS, "read-only", "/srv/x"), "MOTCUA_DATA"),
        (OSError(errno.ENOSPC, "full"), "disk is full"),
        (OperationalError("attempt to write a readonly database"), "MOTCUA_DATA"),
        (OperationalError("database or disk is full"), "disk is full"),
        (OperationalError('connection to server at "10.0.0.1" failed: Connection refused'), "PostgreSQL"),
        (OperationalError("file is not a database"), "backups"),
    ],
)
def test_each_known_trouble_is_one_sentence_that_says_what_to_do(error: Exception, hint: str) -> None:
    words.speak("en")
    sentence = troubles.sentence(error)
    assert sentence is not None
    assert hint in sentence
    assert "\n" not in sentence


def test_a_trouble_is_found_behind_the_error_it_caused() -> None:
    words.speak("en")
    outer = RuntimeError("something")
    outer.__cause__ = OSError(errno.ENOSPC, "full")
    assert "disk is full" in (troubles.sentence(outer) or "")


def test_an_unknown_error_is_not_hidden_behind_a_sentence() -> None:
    assert troubles.sentence(ZeroDivisionError("x")) is None


def test_a_trouble_ends_with_three_and_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(options: parser.Options) -> int:
        raise CannotRun("Cổng đang có chương trình khác dùng.")

    monkeypatch.setattr("motcua.config.cli.serve.run", refuse)
    assert cli.main(["serve"]) == troubles.CANNOT_RUN
    assert capsys.readouterr().err == "Cổng đang có chương trình khác dùng.\n"


def test_the_version_loads_no_room() -> None:
    code = "import sys; from motcua.config import cli; cli.main(['version']); print([*sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'motcua.config.cli.version'" in loaded
    assert "'motcua.kernel'" not in loaded
    assert "'motcua.config.settings'" not in loaded


def test_whoever_has_read_enough_is_shown_no_error() -> None:
    command = f"{sys.executable} -c 'from motcua.config.cli import main; main()' --english catalogue check | head -1"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert len(ran.stdout.splitlines()) == 1
