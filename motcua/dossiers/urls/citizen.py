"""The citizen's way: apply page by page, then follow the dossier by number and claim code."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
