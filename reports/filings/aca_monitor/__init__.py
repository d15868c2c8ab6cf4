"""Who needs an offer of coverage next, and what waiting costs."""
