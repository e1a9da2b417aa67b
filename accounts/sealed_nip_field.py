"""The column of NIPs: code reads and asks for numbers, the database holds them sealed."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.lookups import BuiltinLookup, In, IsNull

from accounts.sealed_nip import LONGEST, seal_nip, stored_forms, unseal_nip


class SealedNipField(models.CharField):
    """Eighteen digits, or None. Can be asked for by the whole number (exact, in, isnull) and by nothing else."""

    default_validators = [RegexValidator(r"\A[0-9]{18}\Z", "NIP terdiri atas 18 angka.")]

    def __init__(self, *args, **options):
        super().__init__(*args, **options | {"max_length": LONGEST})

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        del options["max_length"]
        return name, path, args, options

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return None if value is None else seal_nip(value)

    def from_db_value(self, value, expression, connection):
        return None if value is None else unseal_nip(value)

    def get_lookup(self, lookup_name):
        """A part of a sealed number, its order or its letter case mean nothing: asking for them is an error."""
        return _LOOKUPS.get(lookup_name)

    def get_transform(self, lookup_name):
        return None


class _In(In):
    def get_prep_lookup(self):
        if not self.rhs_is_direct_value():
            return super().get_prep_lookup()
        return [form for number in self.rhs if number is not None for form in stored_forms(str(number))]


class _Exact(_In):
    lookup_name = "exact"

    def get_prep_lookup(self):
        if self.rhs is None:
            return None
        if self.rhs_is_direct_value():
            self.rhs = [self.rhs]
        return super().get_prep_lookup()


class _Stored(BuiltinLookup):
    """A pattern of the text as it is stored: for the constraint, and to find what an older key sealed."""

    lookup_name = "stored"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def get_rhs_op(self, connection, rhs):
        return connection.operators["regex"] % rhs


# "iexact": django-allauth asks so for user names, and digits have no case.
_LOOKUPS = {"in": _In, "exact": _Exact, "iexact": _Exact, "isnull": IsNull, "stored": _Stored}
