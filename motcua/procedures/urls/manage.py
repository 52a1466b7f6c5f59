"""The manager's pages of the catalogue, under /desk/procedures/."""

from django.urls import URLPattern, URLResolver, path

from motcua.procedures.views import managing, synonyms

urlpatterns: list[URLPattern | URLResolver] = [
    path("", managing.procedures, name="manage-procedures"),
    path("synonyms/", synonyms.everyday, name="synonyms"),
    path("synonyms/change/", synonyms.change, name="synonym-change"),
    path("synonyms/<int:pk>/back/", synonyms.back, name="synonym-back"),
    path("<str:code>/", managing.procedure, name="manage-procedure"),
    path("<str:code>/<str:office>/", managing.overlay, name="manage-overlay"),
]
