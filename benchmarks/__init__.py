"""How fast the package is beside others that do the same work: ``python -m benchmarks``."""
