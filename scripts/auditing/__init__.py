"""What `make audit` attacks with, beside the tests of tests/security."""
