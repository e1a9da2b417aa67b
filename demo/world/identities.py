"""Names and numbers of people who do not exist. Pure."""

from datetime import date, timedelta
from random import Random

# One of seven people with a tradition of single names has one.
_SINGLE_NAME_CHANCE = 0.15
_FIRST_SERIAL, _SERIALS = 900, 100


def nip(counter: int, *, birth_year: int, appointment_year: int, is_contract: bool, sex: str) -> str:
    """A possible number that is visibly made up: born in the first days of January, with a running serial from 900.

    Real serials are 001 unless the other digits collide, so nobody holds one of these. No two counters give the same
    number, whatever the other arguments are.
    """
    days, serial = divmod(counter, _SERIALS)
    born_on = date(birth_year, 1, 1) + timedelta(days=days)
    kind = "21" if is_contract else "01"
    return (
        f"{born_on:%Y%m%d}{appointment_year}{kind}{'1' if sex == 'male' else '2'}{_FIRST_SERIAL + serial:03d}"
    )


class Names:
    """Draws invented names of many origins, each at most once."""

    def __init__(self, pools, *, taken=()):
        self._pools = pools
        self._taken = set(taken)

    def draw(self, rng: Random, sex: str) -> str:
        for _attempt in range(50):
            name = self._one(rng, sex)
            if name not in self._taken:
                break
        else:
            name = f"{name} {self._one(rng, sex).split()[-1]}"
        self._taken.add(name)
        return name

    def _one(self, rng, sex):
        pool = rng.choices(self._pools, weights=[pool["share"] for pool in self._pools])[0]
        if "single" in pool and rng.random() < _SINGLE_NAME_CHANCE:
            return rng.choice(pool["single"][sex])
        return f"{rng.choice(pool[sex])} {rng.choice(pool['last'][sex])}"
