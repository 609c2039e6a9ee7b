"""Writing and reading the syntax of a PBX's files, so that nothing that somebody typed can become configuration."""
