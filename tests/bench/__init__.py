"""Figures, not tests: `make bench` measures and writes docs/benchmarks.md."""
