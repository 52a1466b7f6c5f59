"""Figures, registers and their files, all under /desk/reports/."""

from django.urls import URLPattern, URLResolver, path

from motcua.dossiers.views import reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("", reports.figures, name="desk-reports"),
    path("register/", reports.register, name="desk-register"),
    path("close/", reports.close, name="desk-report-close"),
    path("cut-off/", reports.cut_off, name="desk-cut-off"),
    path("files/<slug:name>.<slug:form>", reports.file, name="desk-report-file"),
]
