"""Mail: what a server refuses for good is told from a server that is down, and nobody's address is repeated."""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail import EmailMessage

from motcua.kernel.outside import Refused
from motcua.ui import mail


class Refusing(EmailMessage):
    """A message whose server answers with this problem."""

    problem: Exception

    def send(self, fail_silently: bool = False) -> int:
        raise self.problem


def sent(problem: Exception) -> None:
    message = Refusing(to=["mau@vidu.example"])
    message.problem = problem
    mail.send(message)


@pytest.mark.parametrize(
    "problem",
    [SMTPRecipientsRefused({"mau@vidu.example": (550, b"no such mau@vidu.example")}), SMTPDataError(554, b"no")],
)
def test_what_is_refused_for_good_says_the_number_only(problem: Exception) -> None:
    with pytest.raises(Refused, match=r"^5\d\d$"):
        sent(problem)


@pytest.mark.parametrize("problem", [SMTPDataError(451, b"later"), SMTPServerDisconnected(), TimeoutError()])
def test_a_server_that_is_down_or_says_later_is_a_failure(problem: Exception) -> None:
    with pytest.raises(type(problem)):
        sent(problem)


@pytest.mark.parametrize(("backend", "used"), [("smtp", True), ("console", False), ("dummy", False)])
def test_mail_that_goes_nowhere_is_missed_by_nobody(settings: Any, backend: str, used: bool) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    assert mail.is_used() is used
