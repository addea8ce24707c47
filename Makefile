# Two commands matter: `make run` holds a visit on this machine, `make test` runs every test.
# The Dockerfile calls `pages` and `release` from here, so that the image is built the way a developer builds.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

TARGET := $(or $(CARGO_TARGET_DIR),target)
GATEWAY := $(TARGET)/debug/housecall
PAGES := web/dist/.built
PAGE_SOURCES := $(shell find web/src web/locales web/*.json web/*.ts web/*.html web/scripts -type f 2>/dev/null)

.PHONY: run test check generate fmt lint pages gateway release release-binary doc deny image-lint stories web-test test-build cargo-test bench clean

## run: build everything and start the gateway with the demo clinic on https://localhost:8443
run: pages gateway
	HOUSECALL_DEMO=true HOUSECALL_RECORDS=demo/records $(GATEWAY) serve

## test: every test there is
test: cargo-test web-test stories
	@echo "all tests passed"

## check: what CI holds against the tree before the tests
check: fmt lint doc deny image-lint generated

# Builds the gateway too: the stories run the one that was built with the tests. With `--workspace` everywhere: of one package alone
# cargo chooses other features, and would build the gateway a second time.
test-build: tools-test pages
	@echo "== building the tests (the first time takes some minutes)"
	cargo test --workspace --no-run

cargo-test: test-build
	@echo "== Rust tests"
	cargo test --workspace --quiet
	@echo "== gateway tests on PostgreSQL"
	TEST_STORE=postgres cargo test --workspace --quiet --test gateway -- --skip shared_store:: --skip database_tls:: --skip listener:: --skip assets::

## states: every state of every page under every look, with all pictures (target/states/index.html)
.PHONY: states
states: tests/stories/node_modules/.installed web/node_modules/.installed
	npm --prefix tests/stories run states

## soak: the fault tests with a crowd of 2,000, 1,000 races and 100,000 joins and leaves, and every state under every look; takes its time
.PHONY: soak
soak: test-build states
	FAULTS_SOCKETS=2000 FAULTS_RACES=1000 FAULTS_ROUNDS=4000 cargo test --release --test faults

web-test: web/node_modules/.installed
	@echo "== page tests"
	npm --prefix web run check
	npm --prefix web test

stories: test-build tests/stories/node_modules/.installed
	@echo "== stories in Chromium (pictures in target/stories)"
	npm --prefix tests/stories run check
	npm --prefix tests/stories test

## bench: the gateway under load beside other signaling servers, as one table; ends with 1 past a budget
bench: tools-bench pages tests/stories/node_modules/.installed
	@echo "== release build (the first takes some minutes)"
	cargo build --release --locked --package housecall --package load-tests
	$(TARGET)/release/load-tests bench $(BENCH)

fmt:
	cargo fmt --all --check

lint: pages
	cargo clippy --workspace --all-targets --quiet -- -D warnings

doc: pages
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --quiet

deny:
	scripts/deny

image-lint:
	scripts/image-lint

## generate: the files that follow from the Rust types
generate: pages-tools
	mkdir -p target web/dist
	cargo run --quiet -p signaling --features typescript --example typescript -- web/src/generated/signaling.ts
	cargo run --quiet -- openapi > target/openapi.json
	npm --prefix web run generate

.PHONY: generated
generated: generate
	@git diff --exit-code --stat -- web/src/generated || { echo "generated files differ: run 'make generate' and commit"; exit 1; }

pages: pages-tools $(PAGES)

$(PAGES): $(PAGE_SOURCES)
	@echo "== pages"
	npm --prefix web run build
	@touch $@

.PHONY: pages-tools
pages-tools: web/node_modules/.installed

gateway: tools-run pages
	@echo "== gateway (the first build takes some minutes)"
	cargo build

release: pages release-binary

# The pages are built already (the image builds them in a stage of their own).
release-binary:
	cargo build --release --locked

%/node_modules/.installed: %/package-lock.json
	@scripts/tools node npm
	@echo "== npm packages for $*"
	npm --prefix $* ci --no-audit --no-fund
	@touch $@

.PHONY: tools-run tools-test
tools-run:
	@scripts/tools cargo cc node npm
tools-test: tools-run
	@scripts/tools chromium firefox-esr turnserver pg_ctl redis-server nginx haproxy

# The servers that `bench` measures beside ours. What cannot be installed stands in its table as not measured.
.PHONY: tools-bench
tools-bench: tools-run
	@scripts/tools taskset
	@scripts/peers

clean:
	cargo clean
	rm -rf web/dist web/node_modules tests/stories/node_modules load-tests/peers/peerjs/node_modules
