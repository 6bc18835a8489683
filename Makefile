# `make run` and `make test` each set up all they need; `make help` lists the rest.
PYTHON ?= $(or $(shell command -v python3.11),python3)
SETUP := $(PYTHON) scripts/setup.py
PYTEST := .venv/bin/pytest
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup run test lint unit integration guards browser pictures bench soak lock clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

setup: ## Set up everything, for the portal and its tests
	@$(SETUP) test

run: ## Set up the portal and serve it with demonstration data
	@$(SETUP) run
	@exec .venv/bin/portal serve

test: setup ## Set up and run all checks and tests
	@scripts/test

lint: setup ## ruff, mypy and the import contracts
	@scripts/lint

unit: setup ## Tests of rules, without a database
	@$(PYTEST) tests/unit

integration: setup ## Tests on SQLite and PostgreSQL
	@$(PYTEST) -n 2 --dist worksteal tests/integration

guards: setup ## Tests of the house rules
	@$(PYTEST) tests/guards

browser: setup ## Tests in Chromium, with accessibility checks
	@$(PYTEST) -n 2 --dist worksteal tests/browser

pictures: setup ## Browser tests that keep a picture of every page in test-results/pictures
	@PORTAL_TEST_PICTURES=1 $(PYTEST) -n 2 --dist worksteal tests/browser

bench: setup ## Measure speed; figures go to benchmarks/results
	@.venv/bin/python -m benchmarks
	@.venv/bin/python -m benchmarks.on_site

soak: setup ## The fault campaign of on-site work at its full counts (about an hour); figures as above
	@.venv/bin/python -m tests.soak

lock: setup ## Choose versions anew and write the lock files
	@scripts/lock

clean: ## Remove what set-up and tests made; data stays
	rm -rf .venv node_modules portal/static/vendor test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
