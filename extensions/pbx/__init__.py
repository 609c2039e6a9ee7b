"""How a tenant's phone system reaches a real PBX: rendered from a snapshot, applied, and followed while it lives.

`driver` is what every PBX must be able to do. `render/` turns a snapshot into files without asking anything else,
`formats/` writes and reads those files' syntax, `ami/` speaks to Asterisk, `asterisk/` and `simulator/` are the two
drivers, `live/` keeps what the PBX tells where pages can read it.
"""
