#!/usr/bin/env bash
# A Chromium for the browser tests: one that is there, else Playwright's, else Debian's; and Debian's
# Firefox for real push messages. Where that cannot be had its one test is skipped.
set -eu
if ! command -v firefox-esr >/dev/null && command -v apt-get >/dev/null; then
  bash tests/support/install_debian.sh firefox-esr || echo "no firefox-esr: its test will be skipped"
fi
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then exit 0; fi
if timeout 300 .venv/bin/python -m playwright install --with-deps chromium 2>/dev/null; then exit 0; fi
bash tests/support/install_debian.sh chromium fonts-noto-core fonts-roboto-unhinted
