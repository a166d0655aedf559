# What a person types: run, test, check, bench. Each installs what it needs; nothing is to be
# installed by hand. Times of the stages are printed.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

DIST := client/dist/manifest.json
CLIENT := $(shell find client/src client/build client/build.mjs client/package.json client/package-lock.json -type f 2>/dev/null)
STAGE = @tests/stage

.PHONY: client help run serve test check schemathesis load bench bench-peers fuzz docs data fmt clean-data browser-tools

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: $(DIST) ## Build, load the demonstration figures, serve, print the address
	$(STAGE) "building the program" cargo build --locked -p throughcare
	$(STAGE) "loading the figures" target/debug/throughcare demo
	target/debug/throughcare serve

test: $(DIST) browser-tools tests/openid/node_modules/.package-lock.json ## All tests: Rust on SQLite and PostgreSQL, documentation, a real browser
	$(STAGE) "building the program" cargo build --locked -p throughcare
	$(STAGE) "Rust tests" tests/with-postgres tests/cargo-test --workspace --locked
	$(STAGE) "documentation tests" cargo test --workspace --locked --doc
	$(STAGE) "browser tests" tests/browser/run

check: $(DIST) ## What CI runs: format, clippy, law, tests, documentation
	$(STAGE) "format" cargo fmt --all --check
	$(STAGE) "clippy" cargo clippy --workspace --all-targets --locked -- -D warnings
	$(MAKE) docs
	$(MAKE) test

docs: $(DIST) ## The documentation of all crates, without a broken link
	$(STAGE) "documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

schemathesis: $(DIST) ## The API held to its own description, by PyPI's schemathesis
	$(STAGE) "building the program" cargo build --locked -p throughcare
	tests/schemathesis

load: $(DIST) ## 500 people for a minute, 200 kills, records from phones and 500 kills under them, on each database
	$(STAGE) "building for release" cargo build --release --locked -p throughcare
	THROUGHCARE_BIN=target/release/throughcare THROUGHCARE_LOAD="500 60 100" tests/with-postgres \
	    cargo test --locked -p throughcare-tests --test it load:: -- --nocapture --test-threads=1
	THROUGHCARE_BIN=target/release/throughcare THROUGHCARE_KILLS=200 tests/with-postgres \
	    cargo test --locked -p throughcare-tests --test it killed::killed -- --nocapture --test-threads=1
	THROUGHCARE_BIN=target/release/throughcare THROUGHCARE_RECORDS="16 30 200" TEST_POSTGRES_FSYNC=on tests/with-postgres \
	    cargo test --locked -p throughcare-tests --test it records_load:: -- --nocapture --test-threads=1
	THROUGHCARE_BIN=target/release/throughcare THROUGHCARE_RECORD_KILLS=500 TEST_POSTGRES_FSYNC=on tests/with-postgres \
	    cargo test --locked -p throughcare-tests --test it records_killed:: -- --nocapture --test-threads=1

bench: $(DIST) ## Speed and memory, as a plain table
	$(STAGE) "building for release" cargo build --release --locked -p throughcare
	tests/bench/run
	cargo run --release --locked -q -p throughcare-survey --example suppression
	tests/bench/questionnaires

bench-peers: ## The same tasks done by other people's programs, in the same run
	tests/bench/peers
	tests/bench/peers-epidemic
	tests/bench/peers-survey
	tests/bench/peers-xlsform
	tests/bench/peers-microdata
	tests/bench/peers-answers

fuzz: ## The readers of strangers' files fed with mutated ones, 5 minutes each (SECONDS_EACH)
	tests/fuzz/run

data: ## Rewrite data/facts from the publishers' files in ../shared/data
	cargo run --locked -p throughcare-facts --example ship -- ../shared/data data/facts $(shell date +%Y)

client: $(DIST) ## The browser's code, fonts and outlines, from npm packages

$(DIST): $(CLIENT) client/node_modules/.package-lock.json
	$(STAGE) "browser code" node client/build.mjs

client/node_modules/.package-lock.json: client/package-lock.json
	$(STAGE) "npm packages" npm ci --prefix client --no-audit --no-fund --silent

tests/openid/node_modules/.package-lock.json: tests/openid/package-lock.json
	$(STAGE) "an OpenID provider for the tests" npm ci --prefix tests/openid --no-audit --no-fund --silent

browser-tools: client/node_modules/.package-lock.json
	@command -v chromium >/dev/null && command -v pdftotext >/dev/null || tests/stage "browser for the tests" tests/install-browser
