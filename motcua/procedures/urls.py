"""Where this room's pages are."""

from django.urls import URLPattern, URLResolver, path

from motcua.procedures import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:commune>/", views.home, name="commune-home"),
    path("<slug:commune>/procedures/<str:code>/", views.procedure, name="procedure"),
]
