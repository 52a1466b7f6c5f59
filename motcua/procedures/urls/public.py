"""A commune's public pages, for people and for machines."""

from django.urls import URLPattern, URLResolver, path

from motcua.procedures.views import machines, public

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:commune>/", public.home, name="commune-home"),
    path("<slug:commune>/fields/<slug:sector>/", public.field, name="field"),
    path("<slug:commune>/procedures/", public.everything, name="everything"),
    path("<slug:commune>/procedures/<str:code>/", public.procedure, name="procedure"),
    path("<slug:commune>/embed/", machines.embedded, name="embedded"),
    path("<slug:commune>/changes.atom", machines.changes, name="changes"),
    path("<slug:commune>/catalogue.ttl", machines.catalogue, name="commune-catalogue"),
    path("<slug:commune>/catalogue.json", machines.listed, name="commune-list"),
    path("<slug:commune>/sitemap.xml", machines.pages, name="commune-sitemap"),
]
