"""The people and questionnaires of the web benchmark, made in a process with Django; see ``benchmarks.web``.

    python -m benchmarks.web_world answering journeys reporting

Prints what the load makers need to know: sessions, addresses, and how often the database is asked for each page.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from itertools import count

PAGES, ITEMS_A_PAGE = 6, 6
BANKS = ("tiga-kepemimpinan", "kontras-perilaku", "jiwa-melayani", "budaya-kerja", "asn-masa-depan")
SIX_PAGES = "enam-halaman"
FOURTH = 4  # the answer that everybody gives

_numbers = count(1)


def main(answering: int, journeys: int, reporting: int) -> dict:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("import_frameworks", stdout=sys.stderr)
    paths = [str(settings.BASE_DIR / "fixtures" / "banks" / f"{code}.yaml") for code in BANKS]
    call_command("import_bank", *paths, publish=True, stdout=sys.stderr)
    world = World()
    six = world.six_pages()
    return {
        "bare_sessions": [world.bare_session(world.person()) for _person in range(2)],
        "answering": [world.begun(six) for _person in range(answering)],
        "journeys": [world.asked(six) for _person in range(journeys)],
        "items": [[item.code for item in section.items] for section in world.document(six).sections],
        "reports": {
            code: [world.answered(world.version(code)) for _person in range(reporting)] for code in BANKS
        },
        "queries": world.queries(six),
    }


class World:
    """One agency with people who are asked in one campaign a questionnaire."""

    def __init__(self):
        from agencies.actions import create_agency
        from agencies.models import Agency

        self.agency = create_agency(
            code="ukur",
            name="Instansi Ukur",
            kind=Agency.Kind.choices[0][0],
            time_zone="WIB",
            dpo_contact="-",
            by=None,
        )
        self.campaigns = {}

    def person(self):
        from accounts.models import User
        from agencies.actions import place_person
        from agencies.models import EmploymentKind, JobCategory

        person = User(name=f"Orang {next(_numbers)}")
        person.set_unusable_password()
        person.save()
        place_person(
            person=person,
            unit=self.agency.units.get(parent=None),
            job_category=JobCategory.values[0],
            employment_kind=EmploymentKind.values[0],
            by=None,
        )
        return person

    def version(self, code):
        from questionnaires.models import Version

        return Version.objects.get(questionnaire__code=code, status=Version.Status.PUBLISHED)

    def document(self, version):
        from questionnaires.document import load_document

        return load_document(version.pk)

    def six_pages(self):
        """Thirty-six items of a shipped questionnaire, six on each of six pages, thirty radios a page."""
        from django.utils import timezone

        from accounts.models import User
        from questionnaires.models import Questionnaire, Version
        from questionnaires.version_document import content_hash

        document, now = six_page_document(self.version(BANKS[0]).document), timezone.now()
        return Version.objects.create(
            questionnaire=Questionnaire.objects.create(code=SIX_PAGES),
            number=1,
            minutes=10,
            status=Version.Status.PUBLISHED,
            document=document,
            content_hash=content_hash(document),
            created_at=now,
            published_at=now,
            published_by=User.objects.first(),
        )

    def task(self, person, version):
        """The person's assignment in the campaign of a questionnaire."""
        from django.contrib.auth import get_user_model
        from django.utils import timezone

        from assessments import actions

        if version.pk not in self.campaigns:
            now = timezone.now()
            campaign = actions.create_campaign(
                code=f"ukur-{version.pk}",
                title="Periode Ukur",
                versions=[version],
                opens_at=now - timedelta(days=1),
                closes_at=now + timedelta(days=1),
                legal_basis="Peraturan Ukur",
                dpia_reference="DPIA-UKUR",
                notice_version="1",
                by=None,
            )
            self.campaigns[version.pk] = actions.open_campaign(campaign=campaign, by=None)
        campaign = self.campaigns[version.pk]
        actions.assign(campaign=campaign, people=get_user_model().objects.filter(pk=person.pk), by=None)
        return campaign.assignments.get(person=person)

    def asked(self, version):
        """Somebody who has a task and has not begun."""
        person = self.person()
        task = self.task(person, version)
        return {
            "session": self.session(person),
            "task": f"/tugas/{task.public_id}/{version.questionnaire.code}/",
        }

    def begun(self, version):
        """Somebody who has begun, with everything of the first page answered."""
        return self._filling_in(version, self.document(version).sections[0].items)

    def answered(self, version):
        """Somebody who has only to send."""
        return self._filling_in(version, self.document(version).items)

    def _filling_in(self, version, items):
        from assessments import actions

        person = self.person()
        task = self.task(person, version)
        attempt = actions.start_attempt(person=person, version=version, assignment=task, by=person)
        given = {item.code: some_answer(item) for item in items}
        actions.save_answers(attempt=attempt, patch=given, seen_revision=attempt.revision, by=person)
        return {"session": self.session(person), "attempt": str(attempt.public_id)}

    def session(self, person):
        from django.conf import settings

        return self._session(person, settings.AUTHENTICATION_BACKENDS[0], zone="Asia/Jakarta")

    def bare_session(self, person):
        return self._session(person, "django.contrib.auth.backends.ModelBackend")

    def _session(self, person, backend, **more):
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = backend
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.update(more)
        session.create()
        return session.session_key

    def queries(self, version):
        """How often each page asks the database, once what never changes is in memory."""
        from django.conf import settings
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        asked = {}
        for _round in range(2):
            me = self.answered(version)
            client = Client(SERVER_NAME="localhost")
            client.cookies[settings.SESSION_COOKIE_NAME] = me["session"]
            for name, (send, *given) in self.requests(client, version, me["attempt"]).items():
                with CaptureQueriesContext(connection) as captured:
                    response = send(*given)
                if response.status_code != 200:
                    raise RuntimeError(f"{response.status_code} for {name}")
                asked[name] = len(captured)
        return asked

    def requests(self, client, version, attempt):
        """What the client is asked to do and with what, by the name of the page."""
        page = f"/mengisi/{attempt}/bagian/1/"
        first = self.document(version).sections[0].items[0]
        base = bytes([FOURTH] * ITEMS_A_PAGE).hex()  # what the page is drawn with
        return {
            "answering page": (client.get, page),
            "save": (client.post, page, {"base": base, "seconds": "5", "go": "autosave", first.code: 2}),
            "submit": (client.post, f"/mengisi/{attempt}/kirim/"),
            "report page": (client.get, f"/laporan/{attempt}/"),
        }


def some_answer(item):
    """The fourth answer or the first that fits, as everybody gives it."""
    if item.accept:
        return item.accept[0]
    if item.parts:
        return dict(zip(item.parts, item.values, strict=False))
    return min(FOURTH, item.response_set.maximum) if item.response_set else item.values[0]


def six_page_document(document: dict) -> dict:
    """The first likert items of a document, rearranged; scales without an item are left out."""
    from questionnaires.bank_documents import slots_of

    wanted = PAGES * ITEMS_A_PAGE
    items = [item for section in document["sections"] for item in section["items"]]
    items = [item for item in items if item["type"] == "likert" and item["role"] == "content"][:wanted]
    sections = [
        {**document["sections"][0], "code": f"H{page}", "items": items[page * ITEMS_A_PAGE :][:ITEMS_A_PAGE]}
        for page in range(PAGES)
    ]
    scales = {scale["code"]: scale for scale in document["scales"]}
    used = {item["scale"] for item in items}
    used |= {scales[code]["parent"] for code in used}
    codes = {item["code"] for item in items}
    return document | {
        "questionnaire": document["questionnaire"] | {"code": SIX_PAGES},
        "sections": sections,
        "scales": [scale for code, scale in scales.items() if code in used],
        "slots": slots_of(sections),
        "consistency_pairs": [pair for pair in document["consistency_pairs"] if codes.issuperset(pair)],
    }


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:]))))
