"""Files of units and people, brought as their administrator does."""

import csv
import io
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import RosterUpload
from agencies.roster import actions
from agencies.roster.files import open_file


def nip_of(number):
    """A made-up but possible number for each of 9,000 people."""
    return f"19850310{2010 + number // 999}011{number % 999 + 1:03d}"


def csv_file(header, *rows, encoding="utf-8", delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header, *rows])
    return text.getvalue().encode(encoding)


def brought(content, *, agency, by, kind="people", is_complete=False, folder):
    """The upload as the view makes it, read already (the suite has no workers)."""
    path = Path(folder) / "unggahan"
    path.write_bytes(content)
    header, rows = open_file(path, kind)
    upload = actions.bring(agency=agency, kind=kind, header=header, rows=rows, is_complete=is_complete, by=by)
    return RosterUpload.objects.get(pk=upload.pk)


def brought_roster(agency, *, by):
    """An upload of one new unit, ready to be applied."""
    import tempfile

    content = csv_file(["Kode unit", "Kode unit induk", "Nama unit"], ["bagian-umum", "", "Bagian Umum"])
    with tempfile.TemporaryDirectory() as folder:
        return brought(content, agency=agency, by=by, kind="units", folder=folder)


def post_file(client, agency, content, *, name="pegawai.csv", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(
        reverse("agencies:room", args=[agency.code]), {"kind": "people", "file": file, **fields}
    )
