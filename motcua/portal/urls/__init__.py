"""Where this room's pages are."""

from datetime import date

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter

from motcua.portal.views import (
    absence,
    certificate,
    desk,
    front,
    index,
    late_work,
    links,
    operator,
    pack,
    people,
    province,
    scanner,
    settings,
    situation,
    systems,
    working_time,
)


class Day:
    """A date in an address: 2026-11-24."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """The date; ValueError, and so no such page, for a date that does not exist."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """As it stands in the address."""
        return value.isoformat()


register_converter(Day, "day")

_one: list[URLPattern | URLResolver] = [
    path("", people.one, name="settings-person"),
    path("change/", people.change, name="settings-person-change"),
    path("absence/", absence.begin, name="settings-absence"),
    path("absence/end/", absence.end, name="settings-absence-end"),
    path("leave/", people.leave, name="settings-person-leave"),
    path("link/", links.give, name="settings-link"),
    path("account/", links.close, name="settings-account"),
    path("posts/new/", people.give, name="settings-post-new"),
    path("posts/<int:post_pk>/end/", people.end, name="settings-post-end"),
]
_office: list[URLPattern | URLResolver] = [
    path("", settings.office, name="settings-office"),
    path("people/", people.listed, name="settings-people"),
    path("people/new/", people.new, name="settings-person-new"),
    path("people/<int:pk>/", include(_one)),
    path("hours/", working_time.hours, name="settings-hours"),
    path("days/", working_time.days, name="settings-days"),
    path("days/new/", working_time.day_new, name="settings-day-new"),
    path("days/<day:day>/back/", working_time.day_back, name="settings-day-back"),
    path("numbers/", settings.numbers, name="settings-numbers"),
    path("contacts/", settings.contacts, name="settings-contacts"),
    path("bank/", settings.account, name="settings-bank"),
    path("scanner/", scanner.shown, name="settings-scanner"),
    path("late/", late_work.shown, name="settings-late-work"),
    path("history/", settings.history, name="settings-history"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/visits/<str:reference>/pack/", pack.screen, name="visit-pack"),
    path("desk/visits/<str:reference>/pack/paper/", pack.paper, name="visit-pack-paper"),
    path("", front.home, name="home"),
    path("accounts/demo/", front.try_out, name="try-out"),
    path("tour/", front.tour, name="tour"),
    path("desk/", desk.inbox, name="desk-inbox"),
    path("desk/index/", index.index, name="desk-index"),
    path("desk/index/procedures/", index.procedures, name="desk-index-procedures"),
    path("desk/province/", province.shown, name="province"),
    path("desk/province/figures.<slug:form>", province.file, name="province-file"),
    path("desk/report-upward/", situation.new, name="situation-report-new"),
    path("systems/", systems.shown, name="systems"),
    path("install-certificate/", certificate.shown, name="certificate"),
    re_path(r"^install-certificate/mot-cua\.(?P<form>crt|mobileconfig)$", certificate.file, name="certificate-file"),
    path("install-certificate/works/", certificate.works, name="certificate-works"),
    path("install-certificate/choose/", certificate.choose, name="certificate-choose"),
    path("desk/operator/", operator.shown, name="operator"),
    path("desk/operator/pauses/new/", operator.pause_new, name="operator-pause-new"),
    path("desk/operator/pauses/<int:pk>/off/", operator.pause_off, name="operator-pause-off"),
    path("desk/operator/contacts/<slug:duty>/", operator.contact, name="operator-contact"),
    path("desk/operator/deliveries/<int:pk>/again/", operator.try_again, name="operator-again"),
    path("desk/settings/", settings.start, name="settings"),
    path("desk/settings/<str:code>/", include(_office)),
]
