"""The officer's pages of this room, all under /desk/."""

from django.urls import URLPattern, URLResolver, path

from motcua.oversight.views import difficulties

urlpatterns: list[URLPattern | URLResolver] = [
    path("difficulties/", difficulties.listed, name="difficulties"),
]
