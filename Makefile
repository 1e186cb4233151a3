# make        lists the targets
# make run    starts the app; everything it needs is installed first

PORT ?= 8501
HOST ?= localhost
VENV ?= .venv
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11

PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install -qq --no-input
# One for what the app needs, one for what the checks need, one for what the benchmarks need: newer
# than the requirements, or redone.
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
BENCH := $(VENV)/.bench-installed

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
.PHONY: help run test check format format-check lint types schema geodata screenshot bench chromium clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: $(RUNTIME) ## start the app (PORT=8501, HOST=localhost)
	@echo "Dossier Atlas: http://$(HOST):$(PORT) (Ctrl-C stops it)"
	@exec $(PY) -m streamlit run streamlit_app.py --server.address "$(HOST)" \
		--server.port "$(PORT)" --logger.hideWelcomeMessage true

test: $(DEV) chromium ## run all tests, after installing what they need
	@$(PY) -m pytest

check: format-check lint types test ## what must pass: format, lint, types, tests

format-check: $(DEV) ## say which files are not formatted
	@$(PY) -m ruff format --quiet --diff .

lint: $(DEV) ## look for faults in the code's style
	@$(PY) -m ruff check --quiet .

types: $(DEV) ## check the types
	@$(PY) -m mypy --no-error-summary

format: $(DEV) ## format the code
	@$(PY) -m ruff check --quiet --select I --fix .
	@$(PY) -m ruff format --quiet .

schema: $(RUNTIME) ## regenerate the JSON Schema that editors complete by
	@$(PY) -m annotations schema --write

geodata: $(RUNTIME) ## regenerate borders and water from the pinned npm packages
	@command -v npm >/dev/null || { echo "make geodata needs npm: install Node.js" >&2; exit 1; }
	@$(PY) -m geodata.build

screenshot: $(DEV) chromium ## make docs/screenshot.png from the running app
	@$(PY) -m tests.browser.screenshot docs/screenshot.png

bench: $(BENCH) chromium ## measure beside what people would use instead (BENCH_OPTIONS="--rounds 5")
	@$(PY) -m benchmarks.run $(BENCH_OPTIONS)

clean: ## remove the virtual environment, caches and what was built
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

chromium: $(DEV)
	@$(PY) tests/browser/find_chromium.py --install

$(PY):
	@for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || { bare=$$python; continue; }; \
		echo "Making the virtual environment $(VENV) …"; \
		"$$python" -m venv --clear $(VENV) && exit 0; \
		rm -rf $(VENV); exit 1; \
	done; \
	if [ "$$bare" ]; then \
		echo "$$bare has no venv module. On Debian: apt-get install python3-venv" >&2; \
	else \
		echo "Python 3.11 or later is needed; none found among: $(PYTHON)." >&2; \
		echo "Name one with: make PYTHON=/path/to/python3 …" >&2; \
	fi; \
	exit 1

$(RUNTIME): requirements.txt | $(PY)
	@echo "Installing what the app needs …"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt requirements.txt | $(PY)
	@echo "Installing what the app and its checks need …"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(RUNTIME)

$(BENCH): benchmarks/requirements.txt $(DEV)
	@echo "Installing what the benchmarks need …"
	@$(PIP) -r benchmarks/requirements.txt
	@touch $@
