# Everything a newcomer needs: `make run` and `make test`. Both want nothing but Python 3.11+ and make.

PYTHON ?= python3
PORT   ?= 8000
PEOPLE ?=
ARGS   ?=

PY  := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test audit bench lint format messages vendor clean

help:  ## Daftar perintah
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1|/' | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

run: .venv/.runtime  ## Jalankan Cermin ASN di http://127.0.0.1:8000 (PORT=8001 PEOPLE=200 bila perlu)
	@$(PY) scripts/run.py --port "$(PORT)" $(if $(PEOPLE),--people "$(PEOPLE)")

test: .venv/.development  ## Periksa semuanya: gaya, lapisan, SQLite, PostgreSQL, peramban (ARGS="..." untuk pytest)
	@$(PY) scripts/test.py $(ARGS)

audit: .venv/.development .venv/audit/.installed  ## Serang sendiri: bandit, 50.000 masukan acak ke semua formulir, pemindai web wapiti
	@$(PY) scripts/audit.py $(ARGS)

bench: .venv/.development  ## Ukur kecepatan dan memori; hasilnya di docs/benchmarks.md (ARGS="scoring" untuk sebagian)
	@$(PY) scripts/bench.py $(ARGS)

lint: .venv/.development  ## Hanya pemeriksaan gaya, lapisan impor, templat dan katalog pesan
	@$(PY) scripts/test.py --lint

format: .venv/.development  ## Rapikan kode Python
	@$(PY) -m ruff check --fix --exit-zero --quiet . && $(PY) -m ruff format .

messages: .venv/.development  ## Perbarui katalog pesan bahasa Inggris
	@$(PY) scripts/messages.py

vendor:  ## Salin ulang Bootstrap, fon dan ikon ke static/vendor (perlu Node.js)
	@$(PYTHON) scripts/vendor.py

clean:  ## Hapus lingkungan Python dan tembolok (data di var/ dan .env tidak disentuh)
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/audit/.installed: scripts/audit-requirements.txt | .venv/bin/python
	@$(PYTHON) -m venv .venv/audit && .venv/audit/bin/python -m pip --disable-pip-version-check install --quiet -r $<
	@touch $@

# The virtual environment. Packages are installed again only when requirements.txt is newer than the stamp.
.venv/bin/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Python tidak ditemukan ($(PYTHON)). Pasang Python 3.11 atau yang lebih baru; di Debian/Ubuntu: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Cermin ASN memerlukan Python 3.11 atau yang lebih baru; $(PYTHON) di mesin ini adalah $$($(PYTHON) -V 2>&1)."; \
	  echo "Bila ada Python lain: make $(firstword $(MAKECMDGOALS)) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python di mesin ini tidak dapat membuat lingkungan virtual (modul venv/ensurepip tidak ada)."; \
	  echo "Pasang dulu; di Debian/Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Membuat lingkungan Python (.venv) ..."
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/requirements-runtime.txt: requirements.txt | .venv/bin/python
	@sed '/^# --- development/,$$d' requirements.txt > $@

.venv/.runtime: .venv/requirements-runtime.txt
	@echo "Memasang paket yang dibutuhkan (sekitar 50 MB, hanya saat pertama kali atau bila requirements.txt berubah) ..."
	@$(PIP) install --no-input -r .venv/requirements-runtime.txt
	@touch $@

.venv/.development: requirements.txt | .venv/bin/python
	@echo "Memasang paket pengembangan (sekitar 150 MB, hanya bila requirements.txt berubah) ..."
	@$(PIP) install --no-input --quiet -r requirements.txt
	@touch $@
