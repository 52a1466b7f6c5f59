"""The product's addresses and the floor's."""

from django.urls import path

from benchmarks import floor
from motcua.config.urls import urlpatterns as product

urlpatterns = [path("floor/photo", floor.photo), path("floor/form", floor.form), *product]
