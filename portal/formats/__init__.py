"""How dates and times are written, language by language; Django reads it by FORMAT_MODULE_PATH."""
