"""From text to typed tables: casts, keys, quarantine, drift, volume — never losing a row."""
