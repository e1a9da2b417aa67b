"""Signs people of the demo world in, each with the powers of the role, and prints their sessions as JSON.

A scanner cannot type codes; what it does afterwards is what somebody who holds the session can do.
"""

from __future__ import annotations

import json


def main() -> None:
    import django

    django.setup()
    from django.test import Client

    from accounts.models import User
    from accounts.second_factor import server_time
    from agencies import staff_powers
    from demo.world.listed import listed_people

    sessions = {}
    for listed in listed_people():
        person = User.objects.get(nip=listed["nip"])
        client = Client(headers={"host": "localhost"})
        client.force_login(person)
        session = client.session
        staff_powers.open_powers(session, now=server_time())
        session.save()
        sessions[listed["role_label"]] = session.session_key
    print(json.dumps(sessions))


if __name__ == "__main__":
    main()
