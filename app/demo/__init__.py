"""Invented people, for demonstrations, load and benchmarks. Nothing here runs in a clinic."""
