"""The history of the ledger's tables, one step a file; never edited once it has landed."""
