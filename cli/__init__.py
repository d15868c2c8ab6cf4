"""`benefits`: one module per command, the composition root; nothing imports it."""
