"""From a finished build to a published version: copy, verify, manifest, one visible step."""
