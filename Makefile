# Two commands matter on a new machine: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# Every pipelines/NAME.yaml is a target NAME; demo and experiment have their own recipes.
variants := $(filter-out demo experiment-%,$(patsubst pipelines/%.yaml,%,$(wildcard pipelines/*.yaml)))

# Handed to scripts/run-variant.sh as they are, so that paths may hold spaces.
export DATA OUT MODEL RESULTS MANIFESTS PILE SEEDS NEOX BASE

.PHONY: help list setup build install static container test rules demo evaluation-data evaluate report published-report acceptance acceptance-model acceptance-slurm \
	acceptance-static acceptance-container acceptance-endurance simulate-plan \
	bench bench-quick bench-evaluate fuzz fuzz-encode fuzz-evaluate sanitize experiment test-trainer lint format clean $(variants)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile
	@printf '  make %-16s %s\n' VARIANT 'runs pipelines/VARIANT.yaml: make VARIANT DATA=… [OUT=…] [ARGS=…]'

list: ## the variants of the intervention, one line each
	@scripts/list-variants.sh

setup: ## install what is missing: Debian packages, the 20B tokenizer, benchmark data
	@scripts/install-packages.sh
	@scripts/fetch-tokenizer.sh
	@scripts/fetch-evaluation-data.sh --once

build: setup ## the program, optimised: .build/release/tiresias
	swift build -c release --product tiresias

install: build ## the program, its manual page and shell completions below PREFIX (/usr/local)
	@scripts/install.sh "$(or $(PREFIX),/usr/local)"

static: build ## one file to copy to a cluster, with all but the C library inside: out/static/
	@scripts/static.sh

container: static ## what `apptainer build` needs: out/container/ ([BASE=debian:bookworm-slim, or a .sif file])
	@scripts/container.sh

test: setup ## build and run the tests (TEST_ARGS='--filter NAME' for some)
	swift test $(TEST_ARGS)

rules: build ## check and test every rule pack
	.build/release/tiresias rules check rules
	.build/release/tiresias rules test rules

demo: build ## the main job on a small synthetic Pile, and what came out
	@scripts/demo.sh

evaluation-data: ## try again to fetch what CrowS-Pairs, WinoBias, LAMBADA and the pronoun probe need, into assets/
	@scripts/fetch-evaluation-data.sh

evaluate: build evaluation-data ## score a checkpoint: make evaluate MODEL=… [OUT=out/scores] [ARGS=…]
	@scripts/evaluate.sh $(ARGS)

report: build ## compare scores: make report RESULTS=… [MANIFESTS=…] [OUT=out/report] [ARGS=--allow-mixed]
	@scripts/report.sh $(ARGS)

published-report: build ## the results published with Pythia, compared and rendered ([OUT=out/published-report])
	@scripts/published-report.sh $(ARGS)

acceptance: build ## compare with a slow independent reference in Python (ARGS=--quick)
	@scripts/acceptance.sh $(ARGS)

acceptance-slurm: build ## tokenize and intervene on a real Slurm, on this machine (installs Debian's slurmctld, slurmd, munge)
	@scripts/install-packages.sh slurmctld slurmd slurm-client munge
	@TIRESIAS_SLURM=1 scripts/acceptance.sh --only slurm $(ARGS)

acceptance-static: static ## the static program in a root with nothing but the C library: the bytes of the ordinary one
	@TIRESIAS_STATIC=1 scripts/acceptance.sh --only static: $(ARGS)

acceptance-container: container ## the container's %post and %test in a minimal Debian (installs mmdebstrap; root)
	@scripts/install-packages.sh mmdebstrap
	@TIRESIAS_CONTAINER=1 scripts/acceptance.sh --only container: $(ARGS)

acceptance-endurance: build ## memory and open files over 10 GB, 2 GB of jsonl.zst and 30 minutes of requests
	@TIRESIAS_ENDURANCE=1 scripts/acceptance.sh --only endurance: $(ARGS)

acceptance-model: ## compare the scorer with transformers (downloads PyTorch)
	@scripts/acceptance-model.sh $(ARGS)

simulate-plan: build ## what the full job asks of a cluster, from real plans over data that take no room (ARGS='--scale 0.02')
	@scripts/install-packages.sh strace
	@scripts/acceptance.sh --only no-such-check >/dev/null
	@.venv-acceptance/bin/python scripts/simulate-plan.py $(ARGS)

bench: build ## speed beside tokenizers, tiktoken, gigatoken, GPT-NeoX, cp: Benchmarks/results.md ([PILE=…] [NEOX=…])
	@scripts/bench.sh $(ARGS)

bench-quick: build ## the same with less of everything, in minutes: out/bench-quick.md
	@scripts/bench.sh --quick $(ARGS)

bench-evaluate: ## seconds of the scorer, transformers and CTranslate2 in one run (ARGS='70m 160m 410m')
	@scripts/acceptance-model.sh --speed $(ARGS)

fuzz: setup ## what reads files from strangers, under libFuzzer, a minute a target (ARGS='--target idx --seconds 600')
	@scripts/fuzz.sh $(ARGS)

sanitize: setup ## the tests with address, undefined-behaviour and thread sanitizers (ARGS='address', 'thread' or --quick)
	@scripts/sanitize.sh $(ARGS)

fuzz-evaluate: build ## damaged weights, results and data for ten minutes (ARGS='--seconds 60')
	@scripts/fuzz-evaluate.sh $(ARGS)

fuzz-encode: setup ## the encoder beside a slow, obviously right one for ten minutes ([PILE=…]; ARGS='--seconds 60')
	@scripts/fuzz-encode.sh $(ARGS)

experiment: build evaluation-data ## the whole loop in small: train, branch, score, compare ([SEEDS=3] [PILE=…] [OUT=…]; downloads PyTorch)
	@scripts/experiment.sh $(ARGS)

test-trainer: ## tests of the reference trainer in trainer/ (downloads PyTorch; ARGS='-k refusals' for some)
	@scripts/trainer-environment.sh
	.venv-trainer/bin/python -m pytest -q trainer/tests $(ARGS)

lint: ## format, shell and Python checks
	@scripts/lint.sh

format: ## rewrite the Swift sources in the house format
	swift format format --in-place --parallel --recursive Package.swift Sources Tests

$(variants):
	@scripts/run-variant.sh pipelines/$@.yaml $(ARGS)

clean: ## remove what was built and what the demo wrote; keeps assets/ and other output
	rm -rf .build .build-address .build-thread Fuzzing/.build out/demo out/demo-pile out/base/demo-pile_text_document.*
