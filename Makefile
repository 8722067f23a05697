# Two commands are enough: make run shows the product, make test proves it.
# On Debian they need only git, make and Python 3.11 or newer; all else is fetched, checked by hash.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The machine's own Python where it is new enough, else the first that is; each must be able to make an environment.
ABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for one in python3 python3.11 python3.12 python3.13; do \
	$$one -c "$(ABLE)" >/dev/null 2>&1 && echo $$one && break; done)
# A server without the developers' tools: make install LOCK=requirements.lock
LOCK ?= requirements-dev.lock
# How many tests run at once. Each worker has its own databases.
WORKERS ?= 2

UV_VERSION := 0.13.9
UV := .venv-uv/bin/uv
BIN := .venv/bin
INSTALLED := .venv/.installed-from-$(notdir $(LOCK))
# What patients read in other languages, as it is read from: made of the .po files beside them.
TEXTS := $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/messages.po))
TYPED := app config.py wsgi.py migrations tests benchmarks

# Never fetch another Python, and never let a session's own environment decide where packages go.
export UV_PYTHON_DOWNLOADS = never
unexport VIRTUAL_ENV
# A network may have a certificate authority of its own: trust whom the machine trusts. An older pip knows only its own
# list, and is told where the machine's is, if it has one.
export UV_SYSTEM_CERTS ?= true
CERTS := import os, ssl; at = ssl.get_default_verify_paths(); \
	print(at.cafile or (at.capath if at.capath and os.listdir(at.capath) else ""))

.PHONY: help install run small test test-long browser check format bench figures locks clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) $(TEXTS) ## Make .venv, with the developers' tools (again only when the lock changed)

$(UV):
	@test -n "$(PYTHON)" || { echo "Foreroom needs Python 3.11 or newer, with its venv: on Debian, python3-venv." >&2; exit 1; }
	$(PYTHON) -m venv .venv-uv
	PIP_CERT="$${PIP_CERT:-$$(.venv-uv/bin/python -c '$(CERTS)')}" .venv-uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# The stamp holds the lock it was made from: comparing text and not times survives a fresh clone or checkout.
$(INSTALLED): $(LOCK) | $(UV)
	@if ! cmp -s $(LOCK) $@; then \
		set -e; \
		test -x $(BIN)/python || $(UV) venv --quiet --python .venv-uv/bin/python .venv; \
		$(UV) pip sync --quiet --require-hashes --python $(BIN)/python $(LOCK); \
		rm -f .venv/.installed-from-*; \
	fi
	@cp $(LOCK) $@

%.mo: %.po | $(INSTALLED)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# The smaller copies are served in place of the files: old ones would show what was.
run: install small ## Start a demonstration clinic with invented patients on http://localhost:8000
	FOREROOM_DEMO=1 $(BIN)/flask demo

# The same browser without its windows costs a third less: in CI it is brought also where one with windows is there.
# Root may install it; where none can be had, the tests that need it say that they were skipped, and in CI they fail.
LIGHT := chromium-headless-shell
APT := DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends

browser:
	@found() { command -v "$$1" >/dev/null; }; \
	if found $(LIGHT) || { [ -z "$$CI" ] && found chromium; }; then exit 0; fi; \
	if [ "$$(id -u)" -eq 0 ] && found apt-get; then \
		apt-get update -qq; $(APT) $(LIGHT) || found chromium || $(APT) chromium; \
	elif found chromium; then \
		exit 0; \
	elif [ -n "$$CI" ]; then \
		echo "The browser's tests need chromium, and only root can install it." >&2; exit 1; \
	else \
		echo "No chromium: the browser's tests will be skipped." >&2; \
	fi

small: install
	@$(BIN)/python -m whitenoise.compress --quiet app/static

# A worker that has nothing left takes from the others, and no test holds up the rest for ever.
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist worksteal --durations 10 --timeout 300

test: install small browser ## Run every test: SQLite, a real PostgreSQL, a real browser
	$(PYTEST)

test-long: install small browser ## The same with four times as many random examples, which differ each time
	$(PYTEST) --hypothesis-profile long --timeout 1200

check: install ## Lint, types, layers, migrations against the models, generated documents, translations
	$(BIN)/ruff format --check .
	$(BIN)/djlint --check --quiet templates || { echo "Not in the house's shape: templates. Run: make format" >&2; exit 1; }
	$(BIN)/ruff check .
	$(BIN)/mypy --strict $(TYPED)
	$(BIN)/lint-imports --no-cache
	$(BIN)/python .ci/house.py
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && export FOREROOM_ENV=test FOREROOM_INSTANCE="$$scratch" \
		&& set -x && $(BIN)/alembic upgrade head && $(BIN)/alembic check && $(BIN)/flask version --check && $(BIN)/flask docs --check && $(BIN)/flask texts --check

format: install ## Put the code into the house's shape
	$(BIN)/ruff format .
	$(BIN)/djlint --reformat --quiet templates || $(BIN)/djlint --check --quiet templates
	$(BIN)/ruff check --fix .

bench: install ## Measure, as benchmarks/README.md explains
	$(BIN)/python benchmarks/run.py

figures: install ## Measure how well names and sentences are read, and write it into docs/
	$(BIN)/python -m tests.screening.labelled

locks: $(UV) ## Choose packages again after a change to pyproject.toml
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		pyproject.toml --output-file requirements.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--group dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

clean: ## Remove what make install made
	rm -rf .venv .venv-uv
