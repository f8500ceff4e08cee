# make lab        open the notebooks in JupyterLab
# make test       lint, unit tests, every notebook, every explorer, the browser, the site (see site-test)
#                 (THOROUGH=true: all notebooks in the browser, and all that trains for long; CI does once a week)
# make quick      lint, and the tests that what you changed most likely breaks: under a minute
# make setup      only make the environment
# make processors run notebooks, experiments, figures, checks as on other processors: each kernel, 1 and 2 threads
# make bench      measure speed in JupyterLab and beside frameworks; writes into tests/benchmarks/
# make frameworks install other frameworks beside .venv and run the programs of notebook 17 in them
# make notebooks  run every notebook and store its outputs clean
# make lint       look at style and at who imports whom
# make types      look at the types of widgets and of their JavaScript (needs Node.js; CI only)
# make lock       choose the newest versions within the ranges of pyproject.toml
# make newest     make the environment from the newest versions instead of the locked ones
# make site       build the book for a web server into site/; PYODIDE_DIR=... makes its pictures move
# make site-test  build the site and look at it, in the browser too, if PYODIDE_DIR is set
# make pyodide    fetch Python for the browser, with its official wheels, into .pyodide/ (Node.js)
# make colab      copy the notebooks into .colab/ as Colab opens them, the package's wheel into site/
# make sources    ask every page that the notebooks link to whether it is still there
# make readme     make README's moving picture, badge and speed table anew

VENV ?= .venv
ifneq ($(words $(VENV)),1)
$(error VENV should be a folder without spaces, at which make would end its name, but is "$(VENV)": leave it out or name another)
endif
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
PYTHON ?= python
else
BIN := $(VENV)/bin
PYTHON ?= python3
endif
FRAMEWORKS_PYTHON := $(VENV)-frameworks/$(notdir $(BIN))/python
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --all-extras --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# What `make types` fetches; nothing else needs it.
BASEDPYRIGHT := 1.40.2
BIOME := 2.6.8
TYPESCRIPT := 7.0.2

# The notebooks' matrices are small: a second thread only waits for the first.
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1

# Settings of the reader's that would let pip install elsewhere, Python import from elsewhere, or
# each of the many processes of the tests compile all of them anew.
export PIP_USER := 0
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT PIP_NO_BUILD_ISOLATION
unexport PYTHONPATH PYTHONHOME PYTHONSAFEPATH PYTHONDONTWRITEBYTECODE

NBVAL = $(BIN)/python -m tests.tools.each_processor $(1) pytest -n auto --dist loadscope \
	-o addopts="" --nbval --nbval-current-env $(NOTEBOOKS)

.PHONY: lab test quick setup setup-dev environment bench notebooks lint unit nbval processors browser \
	types frameworks lock newest readme sources site site-test pyodide colab

# Jupyter refuses to run as root, as in a container, unless it is told to.
lab: setup
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" \
		--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb \
		$$(test "$$(id -u)" = 0 && echo --allow-root)

test: lint unit nbval browser site-test

setup: $(VENV)/.ready

setup-dev: $(VENV)/.ready-dev

# An environment without pip was never finished, or its Python is gone: it is made anew.
define ENVIRONMENT
@$(1)/$(notdir $(BIN))/python -m pip --version >/dev/null 2>&1 || { \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, $(2)) and "Python 3.$(2) or newer is needed, but $(PYTHON) is " + sys.version.split()[0] + ": call make with PYTHON=python3.12, say")' && \
	if test -e $(1) && ! test -e $(1)/pyvenv.cfg; then \
		echo "$(1) is there already and is no environment: call make with VENV=another"; exit 1; \
	fi && \
	echo "Making the environment in $(1)" && rm -rf $(1) && $(PYTHON) -m venv $(1) && \
	$(1)/$(notdir $(BIN))/python -m pip --version >/dev/null || { \
		test ! -e $(1)/pyvenv.cfg || rm -rf $(1); \
		echo "$(PYTHON) cannot make an environment with pip in it. On Debian and Ubuntu: sudo apt install python3-venv. Elsewhere: call make with PYTHON=another"; exit 1; }; }
endef

environment:
	$(call ENVIRONMENT,$(VENV),11)

# Python reads where the package lies in the locale's encoding: said from where the environment is,
# it holds no letters of the reader's.
define FIND_PACKAGE
from os.path import relpath; from sysconfig import get_path; folder = get_path("purelib"); open(folder + "/course_utils.pth", "w").write(relpath(".", folder))
endef

$(VENV)/.ready: requirements.txt pyproject.toml
	$(call ENVIRONMENT,$(VENV),11)
	@echo "Installing what the notebooks need: about a minute, once"
	$(BIN)/python -m pip install --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@$(BIN)/python -c '$(FIND_PACKAGE)'
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	@echo "Installing what the tests need: about a minute, once"
	$(BIN)/python -m pip install --require-hashes -r requirements-dev.txt
	@touch $@

lint: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: setup-dev
	$(BIN)/uvx basedpyright@$(BASEDPYRIGHT) --pythonpath $(BIN)/python
	npx --yes --package @biomejs/biome@$(BIOME) -- biome lint --error-on-warnings
	npx --yes --package typescript@$(TYPESCRIPT) -- tsc --project jsconfig.json

quick: lint
	$(BIN)/python -m tests.tools.quick

unit: setup-dev
	$(BIN)/python -m pytest -n auto -m "not browser and not site" --durations=25

nbval: setup-dev
	$(call NBVAL,)

processors: setup-dev
	$(call NBVAL,--all)
	$(BIN)/python -m tests.tools.each_processor --all pytest -n auto tests/experiments tests/figures tests/checks

browser: setup-dev
	$(BIN)/python -m pytest -n auto -m browser tests/browser

bench: setup-dev $(VENV)-frameworks/.ready
	$(BIN)/python -m tests.benchmarks.explorer_speed
	$(BIN)/python -m tests.benchmarks.every_explorer
	$(BIN)/python -m tests.benchmarks.live_training
	$(BIN)/python -m tests.benchmarks.search_speed
	$(BIN)/python -m tests.benchmarks.graph_speed
	@if test -z "$(PYODIDE_DIR)"; then \
		echo "The site is not measured: PYODIDE_DIR names no folder with Python for the browser"; \
	else \
		$(MAKE) site && $(BIN)/python -m tests.benchmarks.site_speed site; \
	fi
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
	$(call ENVIRONMENT,$(VENV)-$*,8)
	$(VENV)-$*/$(notdir $(BIN))/python -m pip install --quiet -r $<
	@touch $@

notebooks: setup-dev
	$(BIN)/python -m tests.tools.store_notebooks $(NOTEBOOKS)

readme: setup-dev
	$(BIN)/python -m tests.tools.make_readme

sources: setup-dev
	$(BIN)/python -m tests.tools.check_sources

# Sphinx has an environment of its own. PYODIDE_DIR is a folder with Python for the browser.
site: $(VENV)-site/.ready
	$(VENV)-site/$(notdir $(BIN))/python -m book site

pyodide:
	cd book/pyodide && npm ci --ignore-scripts --no-audit --no-fund && node fetch.mjs "$(CURDIR)/.pyodide"

# Copies of the notebooks that install the package themselves, for the branch that Colab opens.
colab: setup-dev
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir site/wheels .
	$(BIN)/python -m book.colab site .colab

# The stored notebooks are run in the site's Python, and pages opened, moved and answered.
site-test: setup-dev
	@if test -z "$(PYODIDE_DIR)"; then \
		echo "The site is not looked at: PYODIDE_DIR names no folder with Python for the browser"; \
	else \
		$(MAKE) site && SITE=site $(BIN)/python -m pytest -m site tests/site; \
	fi

$(VENV)-site/.ready: requirements-site.txt
	@echo "Installing what builds the site into $(VENV)-site: about a minute, once"
	$(call ENVIRONMENT,$(VENV)-site,11)
	$(VENV)-site/$(notdir $(BIN))/python -m pip install --quiet --require-hashes -r $<
	@touch $@

newest: environment
	$(BIN)/python -m pip install --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --upgrade --group dev --editable .
	@touch $(VENV)/.ready $(VENV)/.ready-dev

lock: setup-dev
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt
	$(subst --all-extras,--extra search,$(COMPILE)) pyproject.toml --group site \
		--constraints requirements.txt --output-file requirements-site.txt
