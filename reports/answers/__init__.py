"""Answers to questions about published data: the certificate and the work list."""
