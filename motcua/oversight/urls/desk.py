"""The officer's pages of this room, all under /desk/."""

from django.urls import URLPattern, URLResolver, path

from motcua.oversight.views import (
    conclusions,
    difficulties,
    directives,
    documents,
    feedback,
    guidance,
    raising,
    routing,
    visits,
)

_GUIDANCE, _DOCUMENT = "guidance/<str:reference>/", "documents/<str:reference>/"
_FEEDBACK = "feedback/<str:number>/"
_DIFFICULTY = "difficulties/<str:number>/"
_CONCLUSION, _DIRECTIVE = "conclusions/<str:reference>/", "directives/<str:reference>/"
_VISIT = "visits/<str:reference>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("difficulties/", difficulties.listed, name="difficulties"),
    path("difficulties/new/", raising.new, name="difficulty-new"),
    path(_DIFFICULTY, difficulties.one, name="difficulty"),
    path(f"{_DIFFICULTY}files/<int:pk>/", difficulties.file, name="difficulty-file"),
    path(f"{_DIFFICULTY}publish/", guidance.publish, name="guidance-publish"),
    path(f"{_DIFFICULTY}<slug:name>/", difficulties.act, name="difficulty-act"),
    path("routing/", routing.shown, name="routing"),
    path("routing/route/", routing.route, name="routing-route"),
    path("routing/limit/", routing.limit, name="routing-limit"),
    path("guidance/", guidance.listed, name="guidance-list"),
    path("guidance/new/", guidance.new, name="guidance-new"),
    path("guidance/digest/", guidance.digest, name="guidance-digest"),
    path("guidance/gaps/", guidance.gaps, name="guidance-gaps"),
    path(_GUIDANCE, guidance.one, name="guidance"),
    path(f"{_GUIDANCE}revise/", guidance.revise, name="guidance-revise"),
    path(f"{_GUIDANCE}rest/", guidance.rest, name="guidance-rest"),
    path(f"{_GUIDANCE}withdraw/", guidance.withdraw, name="guidance-withdraw"),
    path("documents/", documents.listed, name="documents"),
    path("documents/new/", documents.new, name="document-new"),
    path(_DOCUMENT, documents.one, name="document"),
    path(f"{_DOCUMENT}read/", documents.read, name="document-read"),
    path(f"{_DOCUMENT}files/<int:pk>/", documents.file, name="document-file"),
    path("conclusions/", conclusions.listed, name="conclusions"),
    path("conclusions/new/", conclusions.new, name="conclusion-new"),
    path(_CONCLUSION, conclusions.one, name="conclusion"),
    path(f"{_CONCLUSION}edit/", conclusions.edit, name="conclusion-edit"),
    path(f"{_CONCLUSION}issue/", conclusions.issue, name="conclusion-issue"),
    path(f"{_CONCLUSION}paper/", conclusions.paper, name="conclusion-paper"),
    path(f"{_CONCLUSION}word/", conclusions.word, name="conclusion-word"),
    path(f"{_CONCLUSION}paragraphs/<int:no>/", conclusions.give, name="directive-give"),
    path("directives/", directives.listed, name="directives"),
    path("directives/matrix/", directives.matrix, name="directive-matrix"),
    path(_DIRECTIVE, directives.one, name="directive"),
    path(f"{_DIRECTIVE}files/<int:pk>/", directives.file, name="directive-file"),
    path(f"{_DIRECTIVE}<slug:name>/", directives.act, name="directive-act"),
    path("visits/", visits.listed, name="visits"),
    path("visits/new/", visits.new, name="visit-new"),
    path(_VISIT, visits.one, name="visit"),
    path(f"{_VISIT}edit/", visits.edit, name="visit-edit"),
    path(f"{_VISIT}cancel/", visits.cancel, name="visit-cancel"),
    path(f"{_VISIT}calendar/", visits.calendar, name="visit-calendar"),
    path(f"{_VISIT}communes/<slug:slug>/", visits.checklist, name="visit-checklist"),
    path(f"{_VISIT}photos/<int:pk>/", visits.photo, name="visit-photo"),
    path(f"{_VISIT}findings/", visits.finding, name="visit-finding"),
    path(f"{_VISIT}minutes/", visits.close, name="visit-close"),
    path(f"{_VISIT}conclude/", visits.conclude, name="visit-conclude"),
    path("feedback/", feedback.listed, name="feedback-list"),
    path("feedback/new/", feedback.new, name="feedback-new"),
    path("feedback/counted/", feedback.counted, name="feedback-counted"),
    path("feedback/taken/<str:token>/", feedback.taken, name="feedback-taken"),
    path(_FEEDBACK, feedback.one, name="feedback"),
    path(f"{_FEEDBACK}files/<int:pk>/", feedback.file, name="feedback-file"),
    path(f"{_FEEDBACK}<slug:name>/", feedback.act, name="feedback-act"),
]
