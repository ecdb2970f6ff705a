# What to do with this project; `make` alone lists it.
.DEFAULT_GOAL := help
PYTHON ?= python3
CORPUS ?= corpus
OUTPUTS ?= outputs
JOBS ?= 1
ARTICLES ?= 200,1000
CLAIMS ?= 100000
BIN := .venv/bin
SETUP := .venv/.set-up

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: $(SETUP) ## create .venv and install the pinned dependencies (the others do it when needed)

$(SETUP): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[ftm]' \
	  || echo "followthemoney cannot be built here (it needs the headers of ICU): its export is not checked by the tests"
	@touch $@

# As environment variables: a title may hold quotes.
export FILE DATE URL TITLE PUBLISHER

extract: setup ## articles of CORPUS=corpus -> tables in OUTPUTS=outputs (JOBS=1)
	$(BIN)/faits extract '$(CORPUS)' --outputs '$(OUTPUTS)' --jobs $(JOBS)

add: setup ## add FILE=article [DATE=2024-05-15] [URL=…] [TITLE=…] [PUBLISHER=…] to CORPUS, then extract
	@test -n "$$FILE" || { echo 'make add: no file; nothing to add; give FILE=article.txt' >&2; exit 2; }
	$(BIN)/faits add --corpus '$(CORPUS)' $(if $(DATE),--published "$$DATE") $(if $(URL),--url "$$URL") \
	  $(if $(TITLE),--title "$$TITLE") $(if $(PUBLISHER),--publisher "$$PUBLISHER") -- "$$FILE"
	$(BIN)/faits extract '$(CORPUS)' --outputs '$(OUTPUTS)' --jobs $(JOBS)

report: setup ## OUTPUTS/report.html of the tables there are (extract writes it too)
	$(BIN)/faits report $(OUTPUTS) --corpus $(CORPUS)

test: setup ## all tests, offline
	$(BIN)/python -m pytest

check: setup ## style, types, layers, generated docs, then all tests
	$(BIN)/ruff check pipeline tests tools training
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/make_docs.py --check
	$(BIN)/python -m pytest

score: setup ## precision and recall on the hand-made gold of corpus/gold
	$(BIN)/faits extract corpus --outputs $(OUTPUTS)/score || test $$? -eq 1
	$(BIN)/python tools/score.py corpus/gold --mentions $(OUTPUTS)/score/mentions.jsonl --facts $(OUTPUTS)/score/facts.jsonl \
	  --same corpus/gold/same_facts.json --entities corpus/gold/same_entities.json

export: setup ## tables in another format: TO=csv, excel-csv, parquet, sqlite, duckdb, jsonld… (docs/exports.md)
	$(BIN)/faits export $(OUTPUTS) --corpus $(CORPUS) --to $(TO)

bench-report: setup ## size of a report of 20,000 facts, time to its first rows, time of a search
	$(BIN)/python tools/bench_report.py

bench: setup ## all measures of speed, into outputs/bench.json and .svg (ARTICLES=1000,5000,20000 CLAIMS=1000000 for long)
	$(BIN)/python tools/bench.py --articles $(ARTICLES) --claims $(CLAIMS)

bench-peers: ## an environment of their own for the libraries that bench compares with (tools/peers.txt)
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r tools/peers.txt

docs: setup ## write again what is generated from model.py
	$(BIN)/python tools/make_docs.py

.PHONY: help setup extract add report export test check score bench bench-peers bench-report docs
