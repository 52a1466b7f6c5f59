"""The citizen's way: apply page by page, then follow the dossier by number and claim code."""

from django.urls import URLPattern, URLResolver, path

from motcua.dossiers.views import citizen, citizen_status, verify

_APPLY = "<slug:commune>/apply/<str:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("status/", citizen_status.status, name="citizen-status"),
    path("verify/", verify.start, name="verify"),
    path("verify/result/<str:code>/", verify.result, name="verify-result"),
    path(_APPLY, citizen.start, name="citizen-start"),
    path(f"{_APPLY}papers/", citizen.papers, name="citizen-papers"),
    path(f"{_APPLY}check/", citizen.check, name="citizen-check"),
    path(f"{_APPLY}newest/", citizen.newest, name="citizen-newest"),
    path(f"{_APPLY}sent/", citizen.sent, name="citizen-sent"),
    path(f"{_APPLY}sent/slip.pdf", citizen.slip, name="citizen-slip"),
    path(f"{_APPLY}<slug:sid>/", citizen.page, name="citizen-page"),
    path(f"{_APPLY}<slug:sid>/autosave/", citizen.autosave, name="citizen-autosave"),
]
