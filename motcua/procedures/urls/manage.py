"""The manager's pages of the catalogue, under /desk/procedures/."""

from django.urls import URLPattern, URLResolver, path

from motcua.procedures.views import managing, posting, synonyms

urlpatterns: list[URLPattern | URLResolver] = [
    path("", managing.procedures, name="manage-procedures"),
    path("synonyms/", synonyms.everyday, name="synonyms"),
    path("synonyms/change/", synonyms.change, name="synonym-change"),
    path("synonyms/<int:pk>/back/", synonyms.back, name="synonym-back"),
    path("wall/", posting.hanging, name="wall"),
    path("wall/reprint/", posting.reprint, name="wall-reprint"),
    path("wall/print/", posting.printed, name="wall-print"),
    path("wall/record/", posting.record, name="wall-record"),
    path("wall/quarter/", posting.quarter, name="wall-quarter"),
    path("wall/<int:pk>/", posting.posting, name="wall-posting"),
    path("wall/<int:pk>/photo/", posting.photo, name="wall-photo"),
    path("<str:code>/", managing.procedure, name="manage-procedure"),
    path("<str:code>/<str:office>/", managing.overlay, name="manage-overlay"),
]
