"""What browsers look for at the root of a site; outside every language."""

from django.urls import URLPattern, URLResolver, path

from motcua.dossiers.views import citizen_device

urlpatterns: list[URLPattern | URLResolver] = [path("worker.js", citizen_device.worker, name="worker")]
