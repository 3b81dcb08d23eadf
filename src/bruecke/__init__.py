"""Brücke brings volunteers and migrant associations together."""

import os

__version__ = "0.1.0"

# Piccolo finds engine and tables through this module path; it must be set before any table loads.
os.environ.setdefault("PICCOLO_CONF", "bruecke.store.piccolo_conf")
