"""The one place where Django finds the kernel's tables; each lives in the module named after its noun."""

from motcua.kernel.downtime import Downtime
from motcua.kernel.duties import Duty
from motcua.kernel.files import File
from motcua.kernel.freshness import Stamp
from motcua.kernel.health import Condition, HelpContact
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.ledger import Event
from motcua.kernel.localities import Locality
from motcua.kernel.matters import ClockEntry, Matter, MatterParty, Remark, WorkItem
from motcua.kernel.numbering import Counter
from motcua.kernel.organisation import Installation, Office
from motcua.kernel.outbox import Delivery
from motcua.kernel.outside import Standing
from motcua.kernel.schedule import CalendarDay, CalendarVersion, OfficeHours
from motcua.kernel.seals import SealKey
from motcua.kernel.search import SearchEntry
from motcua.kernel.watch import Breach, Watch

__all__ = [
    "Account",
    "Breach",
    "CalendarDay",
    "CalendarVersion",
    "ClockEntry",
    "Condition",
    "Counter",
    "Delivery",
    "Downtime",
    "Duty",
    "Event",
    "File",
    "HelpContact",
    "Installation",
    "Locality",
    "Matter",
    "MatterParty",
    "Office",
    "OfficeHours",
    "Person",
    "Post",
    "Remark",
    "Role",
    "SealKey",
    "SearchEntry",
    "Stamp",
    "Standing",
    "Watch",
    "WorkItem",
]
