"""Who gets what, when: what is due, to whom it may go, and that it leaves once.

Belongs here: schedules, recipients, destinations, channels and the loop that sends. Does not
belong here: making documents (`reports`), keeping what happened (`ledger`), rules of law (dbt).
"""
