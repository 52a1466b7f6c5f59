"""What an administrator types on the settings pages."""

from motcua.portal.forms.late_work import LateWorkForm
from motcua.portal.forms.office import BankAccountForm, ContactsForm, NumberingForm
from motcua.portal.forms.operation import DowntimeForm, HelpContactForm
from motcua.portal.forms.passwords import ChoosePasswordForm
from motcua.portal.forms.people import AbsenceForm, EmployForm, LastDayForm, LinkForm, PersonForm, PostForm
from motcua.portal.forms.scanner import ScannerForm
from motcua.portal.forms.working_time import DayForm, HoursForm

__all__ = [
    "AbsenceForm",
    "BankAccountForm",
    "ChoosePasswordForm",
    "ContactsForm",
    "DayForm",
    "DowntimeForm",
    "EmployForm",
    "HelpContactForm",
    "HoursForm",
    "LastDayForm",
    "LateWorkForm",
    "LinkForm",
    "NumberingForm",
    "PersonForm",
    "PostForm",
    "ScannerForm",
]
