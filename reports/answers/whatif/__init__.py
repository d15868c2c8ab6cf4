"""What a change of plan, offer or law would do to codes, exposure and cost: a modelled answer."""
