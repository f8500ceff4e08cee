# make lab        open the notebooks in JupyterLab
# make test       lint, unit tests, every notebook, every explorer, the browser
# make setup      only make the environment
# make bench      measure speed in JupyterLab and beside frameworks; writes into tests/benchmarks/
# make frameworks install other frameworks beside .venv and run the programs of notebook 17 in them
# make notebooks  run every notebook and store its outputs clean
# make lint       look at style and at who imports whom
# make lock       choose new versions within the ranges of pyproject.toml
# make newest     make the environment from the newest versions instead of the locked ones
# make readme     make README's moving picture and Binder badge anew

VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
PYTHON ?= python
else
BIN := $(VENV)/bin
PYTHON ?= python3
endif
FRAMEWORKS_PYTHON := $(VENV)-frameworks/$(notdir $(BIN))/python
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# The notebooks' matrices are small: a second thread only waits for the first.
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1

.PHONY: lab test setup setup-dev bench notebooks lint unit nbval browser frameworks lock newest readme

lab: setup
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" \
		--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb

test: lint unit nbval browser

setup: $(VENV)/.ready

setup-dev: $(VENV)/.ready-dev

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, but $(PYTHON) is " + sys.version.split()[0] + ": call make with PYTHON=python3.12, say")'
	@echo "Making the environment in $(VENV)"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/pyvenv.cfg requirements.txt pyproject.toml
	@echo "Installing what the notebooks need: about a minute, once"
	$(BIN)/python -m pip install --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	@echo "Installing what the tests need: about a minute, once"
	$(BIN)/python -m pip install --require-hashes -r requirements-dev.txt
	@touch $@

lint: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

unit: setup-dev
	$(BIN)/python -m pytest -n auto -m "not browser" --durations=25

nbval: setup-dev
	$(BIN)/python -m pytest -n auto --dist loadscope -o addopts="" \
		--nbval --nbval-current-env $(NOTEBOOKS)

browser: setup-dev
	$(BIN)/python -m pytest -n 2 -m browser

bench: setup-dev $(VENV)-frameworks/.ready
	$(BIN)/python -m tests.benchmarks.explorer_speed
	$(BIN)/python -m tests.benchmarks.live_training
	$(BIN)/python -m tests.benchmarks.search_speed
	$(BIN)/python -m tests.benchmarks.graph_speed
	$(BIN)/python -m tests.benchmarks.training_speed --python $(FRAMEWORKS_PYTHON)

# The last versions of Theano and MXNet want old versions of others. Where they can no longer be
# installed, their rows keep the reason.
frameworks: setup-dev $(VENV)-frameworks/.ready
	-$(MAKE) $(VENV)-theano/.ready
	-$(MAKE) $(VENV)-mxnet/.ready
	$(BIN)/python -m tests.tools.bundle_frameworks
	$(BIN)/python -m tests.tools.store_notebooks notebooks/17_frameworks_side_by_side.ipynb

$(VENV)-%/.ready: requirements-%.txt
	@echo "Installing $< into $(VENV)-$*"
	$(PYTHON) -m venv $(VENV)-$*
	$(VENV)-$*/$(notdir $(BIN))/python -m pip install --quiet -r $<
	@touch $@

notebooks: setup-dev
	$(BIN)/python -m tests.tools.store_notebooks $(NOTEBOOKS)

readme: setup-dev
	$(BIN)/python -m tests.tools.make_readme

newest: $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --upgrade --group dev --editable .
	@touch $(VENV)/.ready $(VENV)/.ready-dev

lock: setup-dev
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt
