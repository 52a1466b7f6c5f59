"""What machines look for at the root of a site; outside every language."""

from django.urls import URLPattern, URLResolver, path

from motcua.procedures.views import machines

urlpatterns: list[URLPattern | URLResolver] = [
    path("data/catalogue.ttl", machines.open_data, name="open-data"),
    path("sitemap.xml", machines.site, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
]
