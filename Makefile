# For developers. Operators use the `bruecke` command (docs/operate.md).
PYTHON ?= python3
BIN := .venv/bin
DEMO_DATA := data/demo

.PHONY: run test prove bench lint ci lock clean

run: .venv/installed
	BRUECKE_DEMO=1 BRUECKE_DATA_DIR=$(DEMO_DATA) $(BIN)/bruecke demo
	BRUECKE_DEMO=1 BRUECKE_DATA_DIR=$(DEMO_DATA) $(BIN)/bruecke run

test: .venv/installed .venv/browser
	$(BIN)/python -m pytest $(ARGS)

prove: .venv/installed .venv/browser
	BRUECKE_PROVE=1 $(BIN)/python -m pytest $(ARGS)

bench: .venv/installed
	$(BIN)/python -m tests.bench $(ARGS)

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/house -p no:cacheprovider

ci:
	bash .ci/run

lock: .venv/installed
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev -o requirements-dev.lock

.venv/installed: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv || { bash tests/support/install_debian.sh python3-venv && $(PYTHON) -m venv .venv; }
	$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@

.venv/browser: .venv/installed
	bash tests/support/install_browser.sh
	touch $@

clean:
	rm -rf .venv data
