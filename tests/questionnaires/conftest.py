import pytest

from questionnaires.document import load_document


@pytest.fixture(autouse=True)
def _no_documents_of_other_tests():
    """Tests use the same ids again and again; a running installation never does."""
    load_document.cache_clear()
    yield
    load_document.cache_clear()
