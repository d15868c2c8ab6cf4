"""Who may see what: the viewer every read takes."""
