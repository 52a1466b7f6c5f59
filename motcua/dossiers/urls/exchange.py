"""Where other systems send dossiers, under /api/exchange/."""

from django.urls import URLPattern, path

from motcua.dossiers.views import exchange

urlpatterns: list[URLPattern] = [
    path("<slug:code>/dossiers", exchange.take, name="exchange-dossiers"),
]
