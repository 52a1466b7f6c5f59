"""Passwords: these addresses stand before those of the sign-in package, whose reset by mail nobody here could use."""

from django.urls import URLPattern, URLResolver, path

from motcua.portal.views import links

urlpatterns: list[URLPattern | URLResolver] = [
    path("password/new/<str:secret>/", links.choose, name="choose-password"),
    path("password/reset/", links.ask_the_administrator, name="ask-for-password"),
    path("password/reset/<path:rest>", links.ask_the_administrator),
]
