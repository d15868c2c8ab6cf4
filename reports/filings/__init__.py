"""Filings: one package per form, with its lines, its geometry and its report."""
