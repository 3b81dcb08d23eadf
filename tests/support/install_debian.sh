#!/usr/bin/env bash
# Installs Debian packages, as root or by sudo.
set -eu
as_root=""
[ "$(id -u)" = 0 ] || as_root=sudo
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
$as_root apt-get install -y -q --no-install-recommends "$@"
