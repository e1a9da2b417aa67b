"""Signs people of the demo world in, each with the powers of the role, and prints their sessions as JSON.

A scanner cannot type codes; what it does afterwards is what somebody who holds the session can do.
"""

from __future__ import annotations

import json

from benchmarks.assigning import client_of


def main() -> None:
    import django

    django.setup()
    from accounts.models import User
    from demo.world.listed import listed_people

    sessions = {}
    for listed in listed_people():
        person = User.objects.get(nip=listed["nip"])
        sessions[listed["role_label"]] = client_of(person).session.session_key
    print(json.dumps(sessions))


if __name__ == "__main__":
    main()
