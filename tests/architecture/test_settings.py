"""A missing or malformed setting stops the product at start, with a sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

GOOD = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP",
    "ALLOWED_HOSTS": "cermin.example",
    "DATABASE_URL": "sqlite:////tmp/cermin-settings-test.sqlite3",
    "CERMIN_LOCAL": "0",
    "CERMIN_DEMO": "0",
    "DEBUG": "0",
}


def start(*arguments, **changes):
    environment = {"PATH": os.environ["PATH"], **GOOD, **changes}
    command = [sys.executable, "manage.py", *(arguments or ("check",))]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


def test_the_documented_production_settings_start_and_pass_the_deployment_check():
    result = start("check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Pengaturan SECRET_KEY belum diisi"),
        ({"ALLOWED_HOSTS": ""}, "Pengaturan ALLOWED_HOSTS belum diisi"),
        ({"DATABASE_URL": "mysql://u:kuncipintu@h/db"}, "DATABASE_URL tidak dapat dipahami"),
        ({"DATABASE_URL": "bukan alamat"}, "DATABASE_URL tidak dapat dipahami"),
        ({"DATABASE_URL": "postgres://u:kuncipintu@h/"}, "tidak menyebut nama basis data"),
        ({"DATABASE_REPLICA_URL": "postgres://u:kuncipintu@h/db"}, "bila keduanya PostgreSQL"),
        ({"DATABASE_REPLICA_URL": "mysql://u:kuncipintu@h/db"}, "DATABASE_REPLICA_URL tidak dapat"),
        ({"CERMIN_LOCAL": "mungkin"}, "CERMIN_LOCAL bernilai 'mungkin'"),
        ({"TRUSTED_PROXY_COUNT": "dua"}, "TRUSTED_PROXY_COUNT bernilai 'dua'"),
        ({"EMAIL_URL": "surel://u:kuncipintu@h"}, "EMAIL_URL tidak dapat dipahami"),
        ({"EMAIL_URL": "smtp+tls://"}, "EMAIL_URL tidak dapat dipahami"),
        ({"SITE_URL": "cermin.example"}, "SITE_URL bernilai 'cermin.example'"),
        ({"OIDC_SERVER_URL": "http://masuk.example"}, "OIDC_SERVER_URL tidak dapat dipahami"),
        ({"OIDC_SERVER_URL": "https://masuk.example"}, "Pengaturan OIDC_CLIENT_ID belum diisi"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT bernilai 'xml'"),
        ({"NIP_KEYS": "kuncipintu"}, "NIP_KEYS memuat kunci yang terlalu pendek"),
        ({"METRICS_TOKEN": "kuncipintu"}, "METRICS_TOKEN terlalu pendek"),
        ({"CERMIN_DEMO": "1"}, "CERMIN_DEMO hanya boleh dipakai bersama CERMIN_LOCAL"),
        ({"WITHOUT_WORKERS": "1"}, "WITHOUT_WORKERS hanya boleh dipakai bersama CERMIN_LOCAL"),
        ({"DEBUG": "1"}, "DEBUG hanya boleh dipakai bersama CERMIN_LOCAL"),
    ],
)
def test_a_wrong_setting_is_named_and_no_secret_is_repeated(changes, sentence):
    result = start(**changes)
    assert result.returncode != 0
    assert sentence in result.stderr
    assert "kuncipintu" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [["makemigrations", "--check"], ["migrate"], ["run_worker"], ["help"]])
def test_every_command_says_the_same(command):
    result = start(*command, SECRET_KEY="")
    assert result.returncode != 0
    assert result.stderr.startswith("Pengaturan SECRET_KEY belum diisi")
