"""The citizen's way: apply page by page, then follow the dossier by number and claim code."""

from django.urls import URLPattern, URLResolver, path

from motcua.dossiers.views import (
    citizen,
    citizen_acts,
    citizen_device,
    citizen_later,
    citizen_rating,
    citizen_status,
    citizen_supplement,
    phone,
    receipts,
    verify,
)

_OPENED = "status/<str:number>/"
_APPLY = "<slug:commune>/apply/<str:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("status/", citizen_status.status, name="citizen-status"),
    path(_OPENED, citizen_status.again, name="citizen-opened"),
    path(f"{_OPENED}close/", citizen_status.close, name="citizen-close"),
    path(f"{_OPENED}message/", citizen_acts.message, name="citizen-message"),
    path(f"{_OPENED}withdraw/", citizen_acts.withdraw, name="citizen-withdraw"),
    path(f"{_OPENED}rate/", citizen_rating.rate, name="citizen-rate"),
    path(f"{_OPENED}faces/<str:token>/", citizen_rating.faces, name="citizen-faces"),
    path(f"{_OPENED}keep/", citizen_acts.keep, name="citizen-keep"),
    path(f"{_OPENED}supplement/", citizen_supplement.start, name="citizen-supplement"),
    path(f"{_OPENED}supplement/papers/", citizen_supplement.papers, name="citizen-supplement-papers"),
    path(f"{_OPENED}supplement/check/", citizen_supplement.check, name="citizen-supplement-check"),
    path(f"{_OPENED}supplement/sent/", citizen_supplement.sent, name="citizen-supplement-sent"),
    path(f"{_OPENED}supplement/<slug:sid>/", citizen_supplement.page, name="citizen-supplement-page"),
    path(f"{_OPENED}supplement/<slug:sid>/autosave/", citizen_supplement.autosave, name="citizen-supplement-autosave"),
    path("resume/", citizen_later.resume, name="citizen-resume"),
    path("<slug:commune>/pieces/<str:key>/", citizen_device.piece, name="citizen-piece"),
    path("phone/<str:token>/", phone.photos, name="phone-photos"),
    path("verify/", verify.start, name="verify"),
    path(f"{_OPENED}receipt.json", receipts.of_dossier, name="citizen-receipt"),
    path("verify/receipt/", receipts.verify, name="verify-receipt"),
    path("verify/receipt/offline.html", receipts.offline, name="verify-offline"),
    path("verify/pack.html", receipts.pack, name="verify-pack"),
    path("verify/keys.json", receipts.keys, name="verify-keys"),
    path("verify/result/<str:code>/", verify.result, name="verify-result"),
    path(_APPLY, citizen.start, name="citizen-start"),
    path(f"{_APPLY}papers/", citizen.papers, name="citizen-papers"),
    path(f"{_APPLY}check/", citizen.check, name="citizen-check"),
    path(f"{_APPLY}newest/", citizen.newest, name="citizen-newest"),
    path(f"{_APPLY}sent/", citizen.sent, name="citizen-sent"),
    path(f"{_APPLY}sent/receipt.json", citizen.receipt, name="citizen-sent-receipt"),
    path(f"{_APPLY}sent/slip.pdf", citizen.slip, name="citizen-slip"),
    path(f"{_APPLY}later/", citizen_later.later, name="citizen-later"),
    path(f"{_APPLY}forget/", citizen_later.forget, name="citizen-forget"),
    path(f"{_APPLY}bring/", citizen_device.bring, name="citizen-bring"),
    path(f"{_APPLY}offline/<str:edition>/", citizen_device.offline, name="citizen-offline"),
    path(f"{_APPLY}<slug:sid>/", citizen.page, name="citizen-page"),
    path(f"{_APPLY}<slug:sid>/autosave/", citizen.autosave, name="citizen-autosave"),
]
