"""The sample employer that demonstrations and tests are built from; nothing built lands here."""
