"""Where the server enters."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
application = get_wsgi_application()
# What is loaded now stays for good: the collector need not look through all of it in the middle of somebody's request.
gc.collect()
gc.freeze()
