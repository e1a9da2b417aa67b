import factory

from accounts.models import User

PASSWORD = "sandi-uji-2026"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a made-up but possible NIP: born 1 January 1980, appointed in 2010 or later, running serial."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    nip = factory.Sequence(lambda n: f"19800101{2010 + n // 999 % 10}01{n // 9990 % 2 + 1}{n % 999 + 1:03d}")
    name = factory.Sequence(lambda n: f"Pegawai Uji {n}")
    password = factory.django.Password(None)


def user_with_password(**fields):
    """A person who can sign in with :data:`PASSWORD`."""
    return UserFactory(password=PASSWORD, **fields)
