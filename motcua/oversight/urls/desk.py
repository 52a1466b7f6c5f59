"""The officer's pages of this room, all under /desk/."""

from django.urls import URLPattern, URLResolver, path

from motcua.oversight.views import difficulties, raising

_DIFFICULTY = "difficulties/<str:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("difficulties/", difficulties.listed, name="difficulties"),
    path("difficulties/new/", raising.new, name="difficulty-new"),
    path(_DIFFICULTY, difficulties.one, name="difficulty"),
    path(f"{_DIFFICULTY}files/<int:pk>/", difficulties.file, name="difficulty-file"),
    path(f"{_DIFFICULTY}<slug:name>/", difficulties.act, name="difficulty-act"),
]
