"""What happened: the one transactional store, a Django app with migrations of its own.

Belongs here: loads, versions, artifacts, approvals, the outbox, the hash-chained audit, overrides
and attestations. Does not belong here: anything that decides, renders or sends.
"""
