"""The people whom the sign-in page and ``manage.py demo_people`` offer."""

from django.utils.translation import get_language

from accounts.models import User
from demo.world.builder import SEED
from demo.world.description import load_listed
from demo.world.places import PASSWORD
from demo.world.population import plan_listed


def listed_people() -> list[dict[str, str]]:
    """``{name, role_label, nip, password}`` of everybody listed who is in the database; one query."""
    plans = plan_listed(load_listed(), seed=SEED)
    people = User.objects.filter(nip__in=[plan.nip for plan in plans], is_active=True)
    names = {person.nip: person.get_full_name() for person in people}
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return [
        {
            "name": names[plan.nip],
            "role_label": plan.listed.role_label[language],
            "nip": plan.nip,
            "password": PASSWORD,
        }
        for plan in plans
        if plan.nip in names
    ]
