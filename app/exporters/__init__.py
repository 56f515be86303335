"""WRITING: records in, text chunks out; a module per format, a registry, a validator for each."""
