"""The models of a finished build, run again in memory below an input that is other than it was."""
