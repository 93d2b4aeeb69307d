# Every target is one command of scripts/dev.py; without make: python3 scripts/dev.py TARGET
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := run
TARGETS := setup run test check bench lock translations bundle deb check-deb installer appimage clean
.PHONY: $(TARGETS)

$(TARGETS):
	@$(PYTHON) scripts/dev.py $@ $(ARGS)
