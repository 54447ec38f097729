# Everyday commands. «make» alone lists them. ARGS="..." is handed on, as in: make test ARGS="tests/law -x"

SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=
export VENV
# Nothing here asks questions: also without a terminal, in CI.
export PIP_NO_INPUT := 1

.PHONY: help demo test check fix fmt bench docs messages lock install-demo install-test install-dev

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: install-demo ## build a synthetic Oslo, start everything, print address and users
	@$(BIN)/fotfeste demo $(ARGS)

test: install-test ## run every test, browser journeys included, and the import contracts
	@scripts/test.sh $(ARGS)

check: install-dev ## lint, formatting, types, templates, contracts, documents, vulnerabilities; changes nothing
	@scripts/check.sh

fix: install-dev ## mend what can be mended by itself, then format
	@$(BIN)/ruff check --fix .
	@$(MAKE) --no-print-directory fmt

fmt: install-dev ## format the code
	@$(BIN)/ruff format .

bench: install-dev ## measure speed and memory against limits found in the same run
	@$(BIN)/python -m benchmarks $(ARGS)

docs: install-test ## write the generated documents again
	@$(BIN)/python scripts/docs.py

messages: install-test ## bring the nynorsk and English catalogues up to date with the texts in the code
	@$(BIN)/python -m scripts.messages $(ARGS)

lock: ## for maintainers: write requirements/*.txt again from pyproject.toml (needs uv)
	@scripts/lock.sh

install-demo install-test install-dev: install-%:
	@scripts/install.sh $*
