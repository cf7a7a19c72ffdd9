# Porchlight's few commands. `make` alone lists them. Written for GNU make 3.81, which macOS still has.

PYTHON = .venv/bin/python

# Compiled once and kept: tests start some hundred programs.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help demo test check coverage bench bench-reach bench-faults bench-planner heavy screenshots audit sbom lock upgrade docs format \
        check-style check-types check-floors check-migrations check-catalogues check-docs check-templates setup

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## Try Porchlight: Maple Street School on this machine, with its practice town
	@bin/setup demo
	@exec .venv/bin/porchlight demo

test: setup ## Run every test that this machine can run, and name those it cannot
	$(PYTHON) -m pytest -n auto

check: check-style check-types check-floors check-migrations check-catalogues check-templates check-docs ## Run every check that is not a test

coverage: setup ## Run every test and say how much of each room they went through
	$(PYTHON) -m pytest -n auto -q --cov --cov-report=json:var/coverage.json
	$(PYTHON) bin/coverage.py var/coverage.json

bench: setup ## Measure the outbox and the roster import against bare libraries
	$(PYTHON) -m bench

bench-reach: setup ## How many homes urgent words reach, and at what price: the ladder against two usual ways
	$(PYTHON) -m bench.reach

bench-faults: setup ## Break what a server stands on, again and again, and count what is lost
	$(PYTHON) -m bench.faults

bench-planner: setup ## Plan rounds of every size and profile, beside usual booking; every figure by a judge of its own
	$(PYTHON) -m bench.planner

heavy: setup ## Try often what an ordinary run tries by a few: a quarter of an hour or more
	$(PYTHON) -m bench.heavy

screenshots: setup ## Picture every page (var/screenshots), and make those of docs/screenshots anew
	$(PYTHON) -m pytest -q --pictures docs tests/screenshots

audit: setup ## Look the locked packages up among known vulnerabilities (asks the network)
	$(PYTHON) -m pip_audit --strict --disable-pip --require-hashes -r requirements.lock
	$(PYTHON) -m pip_audit --strict --disable-pip --require-hashes -r requirements-scale.lock
	$(PYTHON) -m pip_audit --strict --disable-pip --require-hashes -r requirements-dev.lock

sbom: setup ## Write what every package of the locks is, with its hashes (CycloneDX, var/sbom)
	$(PYTHON) bin/sbom.py requirements.lock var/sbom/porchlight.json
	$(PYTHON) bin/sbom.py requirements-scale.lock var/sbom/porchlight-scale.json
	$(PYTHON) bin/sbom.py requirements-dev.lock var/sbom/porchlight-dev.json

docs: setup ## Write the generated pages of docs/ anew
	$(PYTHON) bin/docs

format: setup ## Lay the code out as the checks want it
	$(PYTHON) -m ruff check --fix --quiet
	$(PYTHON) -m ruff format --quiet

lock: setup ## Write the lock files anew from pyproject.toml
	bin/lock

upgrade: setup ## The same, with newer versions where pyproject.toml allows them
	bin/lock --upgrade

setup:
	@bin/setup dev

check-style: setup
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check

check-types: setup
	$(PYTHON) -m mypy

check-floors: setup
	.venv/bin/lint-imports --no-cache

check-migrations: setup
	$(PYTHON) -m porchlight makemigrations --check --dry-run

check-catalogues: setup
	$(PYTHON) -m porchlight catalogues check

check-templates: setup
	$(PYTHON) -m djlint porchlight practice --lint --quiet

check-docs: setup
	$(PYTHON) bin/docs --check
