"""Where this room's pages are."""

from django.urls import URLPattern, URLResolver, path

from motcua.portal import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("accounts/demo/", views.try_out, name="try-out"),
]
