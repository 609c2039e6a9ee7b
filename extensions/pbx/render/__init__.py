"""From facts to files. Pure: the same facts give the same bytes, so that drift can be seen by comparing."""
