"""Where this room's pages are."""

from django.urls import URLPattern, URLResolver, path

from motcua.procedures.views import public

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:commune>/", public.home, name="commune-home"),
    path("<slug:commune>/procedures/<str:code>/", public.procedure, name="procedure"),
]
