"""The officer's pages of a dossier, all under /desk/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
