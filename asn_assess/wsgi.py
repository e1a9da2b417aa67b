"""The WSGI application that gunicorn serves."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asn_assess.settings")

try:
    application = get_wsgi_application()
except ImproperlyConfigured as fault:
    # For whoever starts the server: the sentence, without a traceback above it.
    sys.exit(str(fault))
