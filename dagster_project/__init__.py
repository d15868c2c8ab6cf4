"""Orchestration only: thin assets, checks, schedules and sensors around plain functions."""
