# `make demo` and `make test` do all the set-up they need on a fresh machine.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INSTANCE := vtt_rijnmond
DEMO := out/demo
SECONDS_EACH := 60
BENCH :=

.PHONY: setup demo quick test lint bench screenshots clean

setup: $(READY)

# A candidate is run before it is believed: a pyenv shim may exist and fail.
$(READY): requirements.lock pyproject.toml
	@uv=; if uv --version >/dev/null 2>&1; then uv=yes; fi; \
	needs='import sys, venv; sys.exit(sys.version_info < (3, 12))'; \
	if [ -z "$$uv" ]; then needs="import ensurepip; $$needs"; fi; \
	python=; \
	for candidate in python3.13 python3.12 python3 "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/*/bin/python3; do \
	  if "$$candidate" -c "$$needs" >/dev/null 2>&1; then \
	    python=$$("$$candidate" -c 'import sys; print(sys.executable)'); break; \
	  fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo 'Setup needs Python 3.12 or newer with its venv module, and found none.' >&2; \
	  echo 'Install it (Debian or Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13;' >&2; \
	  echo 'any system: pyenv install 3.13, or uv python install 3.13) and run make again.' >&2; \
	  exit 1; \
	fi; \
	set -e; \
	rm -rf $(VENV); \
	if [ -n "$$uv" ]; then \
	  echo "Setting up $(VENV) with uv and $$python"; \
	  uv venv --quiet --python "$$python" $(VENV); \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock; \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
	  echo "Setting up $(VENV) with pip and $$python (a few minutes the first time)"; \
	  "$$python" -m venv $(VENV); \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi; \
	touch $(READY)

demo: $(READY)
	@echo 'Planning together (joint). The very first run compiles the search first, about a minute.'
	@$(BIN)/samenrooster plan $(INSTANCE) --sharing joint --time-limit $(SECONDS_EACH) --out $(DEMO)
	@echo 'Planning each organisation by itself (single).'
	@$(BIN)/samenrooster plan $(INSTANCE) --sharing single --time-limit $(SECONDS_EACH) --out $(DEMO)/single
	@echo 'Checking both plans without the solver.'
	@$(BIN)/samenrooster check $(INSTANCE) $(DEMO)/plan.json
	@$(BIN)/samenrooster check $(INSTANCE) $(DEMO)/single/plan.json
	@$(BIN)/samenrooster figures $(DEMO)/summary.json $(DEMO)/single/summary.json
	@echo 'Drawing both plans side by side, and the cards of the nurses.'
	@$(BIN)/samenrooster map $(INSTANCE) $(DEMO)/plan.json --beside $(DEMO)/single/plan.json --out $(DEMO)
	@$(BIN)/samenrooster cards $(INSTANCE) $(DEMO)/plan.json --out $(DEMO)/cards
	@echo 'Open in a browser:'
	@echo '  $(DEMO)/roster.html     the roster of the week'
	@echo '  $(DEMO)/maps/team.html  the map of districts and routes'
	@echo '  $(DEMO)/maps/pair.html  apart and together, side by side'
	@echo '  $(DEMO)/cards           a card for each nurse and day, for on her phone'

# tests run in two processes, file by file: each test by itself has one worker, a seed and limits that are no clock
lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

quick: lint
	@$(BIN)/pytest -q -n 2 --dist loadfile -m 'not slow and not browser and not wheel'

test: lint
	@$(BIN)/pytest -q -n 2 --dist loadfile

# how fast the compiled parts are; figures to compare by, no promises. BENCH=study: and how good plans are, eight minutes
bench: $(READY)
	@$(BIN)/pytest -q tests/benchmarks --benchmark-only
	@if [ "$(BENCH)" = study ]; then \
	  rm -f out/bench/study.csv out/bench/study-incumbents.csv; \
	  $(BIN)/samenrooster study $(INSTANCE) --scenario joint --scenario single --time-limit 30 --seeds 2 \
	    --variant full --variant fixed --variant no-reassign --variant one-island \
	    --best docs/benchmarks/best_known.csv --csv out/bench/study.csv --plot out/bench/study.svg; \
	fi

# after make demo; needs chromium
screenshots: $(READY)
	@$(BIN)/samenrooster cards $(INSTANCE) $(DEMO)/plan.json --out $(DEMO)/locked --lock
	@$(BIN)/python docs/pictures.py $(DEMO) docs/images

clean:
	rm -rf $(VENV) out dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks
