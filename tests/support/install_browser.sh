#!/usr/bin/env bash
# A Chromium for the browser tests: one that is there, else Playwright's, else Debian's.
set -eu
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then exit 0; fi
if timeout 300 .venv/bin/python -m playwright install --with-deps chromium 2>/dev/null; then exit 0; fi
bash tests/support/install_debian.sh chromium fonts-noto-core fonts-roboto-unhinted
