"""Note which migrations a release has, when it is cut: the next one is tested against it.

    python scripts/note_release.py

Writes tests/architecture/last_release.json; tests/architecture/test_release_before.py reads it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    from tests import environment  # noqa: F401  (fills in what the settings read)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asn_assess.settings")
    import django

    django.setup()
    from django.db.migrations.loader import MigrationLoader

    last = dict(sorted(MigrationLoader(None).graph.leaf_nodes()))
    target = ROOT / "tests" / "architecture" / "last_release.json"
    target.write_text(json.dumps(last, indent=2) + "\n", encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {len(last)} aplikasi")


if __name__ == "__main__":
    main()
