"""Corrections that patients asked for."""
