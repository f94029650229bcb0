"""Settings of the tests: a data folder of their own, quick passwords, jobs that run at once."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="openmission-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["OPENMISSION_DATA"] = _data

from openmission.config.settings import *  # noqa: E402, F403
from openmission.config.settings import STATIC_ROOT, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT.mkdir()  # whitenoise warns without it
