# `make help` lists the targets. Each sets up what it needs and is missing; nothing is built or installed twice.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
# The pieces share the target folder, the browser and the processor: side by side they would only wait for each other.
.NOTPARALLEL:

PORT ?= 8080
FUZZ_SECONDS ?= 60
SEEDS ?= 20
# Cargo.lock is part of the source: a build that would have to change it fails and says so.
CARGO_FLAGS ?= --locked

WASM_TARGET := wasm32-unknown-unknown
WASM_CARGO := tools/wasm-env.sh cargo
WASM_FLAGS := $(CARGO_FLAGS) --lib --target $(WASM_TARGET) --no-default-features --features
# A folder of its own: so that the modules can be built beside the native tests.
TARGET := $(or $(CARGO_TARGET_DIR),target)
WASM_TARGET_DIR := $(TARGET)/wasm
WASM_BUILT := $(WASM_TARGET_DIR)/$(WASM_TARGET)/release/flowgauge.wasm

# The core reads text, JSON and event logs; the full module archives and workbooks too. Same crate, same interface.
CORE := www/pkg/flowgauge_bg.wasm
FULL := www/pkg/full/flowgauge_bg.wasm
PKG := $(CORE) $(FULL)
NODE_MODULES := www/node_modules/.installed
DIST := www/dist/index.html

CORE_SOURCES := $(shell find src -type f) build.rs Cargo.toml Cargo.lock
BINDGEN_SOURCES := $(shell find tools/bindgen -type f)
WWW_SOURCES := $(shell find www -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/pkg/*' \
	-not -path '*/tests/*' -not -path '*/test-results/*' 2>/dev/null)

##@ Everything

.PHONY: run
run: setup $(DIST) ## Build what is missing and serve the dashboard on http://localhost:PORT (PORT=8080)
	@printf '\n  flowgauge is at http://localhost:%s (stop it with Ctrl-C)\n\n' '$(PORT)'
	@cd www && PORT='$(PORT)' npm run --silent serve

# The last step of the modules keeps one processor busy for minutes: they are built while the native tests run.
.PHONY: test
test: setup ## Every check and test, as CI runs them
	@mkdir -p $(TARGET)
	@$(MAKE) wasm >$(TARGET)/wasm.log 2>&1 & modules=$$!; \
	  $(MAKE) check-rust core || { kill $$modules 2>/dev/null; exit 1; }; \
	  wait $$modules || { cat $(TARGET)/wasm.log >&2; exit 1; }
	@$(MAKE) check-www contract www e2e
	@printf '\nmake test: all passed\n'

##@ Pieces

.PHONY: setup
setup: ## Make sure of Rust, a wasm toolchain, Node.js and the npm packages
	@command -v cargo >/dev/null || { echo 'setup: Rust is missing: see https://rustup.rs' >&2; exit 1; }
	@command -v npm >/dev/null || { echo 'setup: Node.js 20.19 or newer, with npm, is missing' >&2; exit 1; }
	@node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' || \
	  { echo "setup: Node.js 20.19 or newer is needed, this is $$(node --version)" >&2; exit 1; }
	@tools/wasm-env.sh
	@$(MAKE) --silent $(NODE_MODULES)

.PHONY: check
check: check-rust check-www ## Format, lints and types, of Rust and of the page

.PHONY: check-rust
check-rust: ## Format and lints of Rust, native and wasm
	cargo fmt --all --check
	cargo clippy $(CARGO_FLAGS) --workspace --all-targets -- -D warnings
	$(WASM_CARGO) clippy $(WASM_FLAGS) wasm -- -D warnings
	$(WASM_CARGO) clippy $(WASM_FLAGS) wasm,archives -- -D warnings

.PHONY: check-www
check-www: $(NODE_MODULES) $(PKG) ## Lints and types of the page
	cd www && npm run lint
	cd www && npm run typecheck

.PHONY: core
core: ## Tests of the Rust workspace
	cargo test $(CARGO_FLAGS) --workspace

.PHONY: study
study: ## What reports say of simulated desks against what is true of them; takes minutes (SEEDS=20)
	cargo run $(CARGO_FLAGS) --release --package flowgauge-study -- $(SEEDS)

.PHONY: wasm
wasm: $(PKG) ## The release wasm modules and their JavaScript glue, in www/pkg and www/pkg/full

.PHONY: contract
contract: $(PKG) ## Native and wasm give the same bytes; what crosses the border keeps its form
	cargo build $(CARGO_FLAGS) --quiet
	node --test tests/wasm/

.PHONY: www
www: $(NODE_MODULES) $(PKG) ## Unit tests of the page, and the page itself, in www/dist
	cd www && npm run test
	@$(MAKE) --silent $(DIST)

.PHONY: e2e
e2e: $(DIST) ## Tests in a real Chromium (CHROMIUM=/path/to/it)
	chromium=$$(tools/chromium.sh); cd www && CHROMIUM="$$chromium" npm run e2e

##@ More

.PHONY: bench
bench: $(PKG) ## Measure speed
	tools/bench.sh

.PHONY: fuzz
fuzz: ## Throw inputs at every reader, each for FUZZ_SECONDS (60)
	tools/fuzz.sh $(FUZZ_SECONDS)

.PHONY: compare
compare: ## Who reads what: flowgauge and other readers on polluted files
	tools/compare/run.sh

.PHONY: size
size: $(PKG) ## What a visitor downloads: raw, gzip and brotli
	@node tools/size.mjs www/pkg www/dist

.PHONY: deny
deny: ## Licences, sources and known advisories of the dependencies (DENY=licenses for one of them alone)
	command -v cargo-deny >/dev/null || cargo install cargo-deny --locked
	cargo deny --locked check $(DENY)

.PHONY: clean
clean: ## Remove what was built, and the npm packages
	rm -rf target www/pkg www/dist www/node_modules

.PHONY: help
help: ## This list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z0-9-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# Files

$(CORE): FEATURES := wasm
$(FULL): FEATURES := wasm,archives
$(PKG): $(CORE_SOURCES) $(BINDGEN_SOURCES) tools/wasm-env.sh
	$(WASM_CARGO) build $(WASM_FLAGS) $(FEATURES) --release --target-dir $(WASM_TARGET_DIR)
	cargo run $(CARGO_FLAGS) --quiet --profile tool --target-dir $(WASM_TARGET_DIR) -p flowgauge-bindgen -- $(WASM_BUILT) $(@D)

$(NODE_MODULES): www/package.json www/package-lock.json
	cd www && npm ci --no-audit --no-fund
	@touch $@

$(DIST): $(WWW_SOURCES) $(PKG) $(NODE_MODULES)
	cd www && npm run build
	@touch $@
