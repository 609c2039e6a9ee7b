"""A tenant's dialplan: the same questions in the same order as `extensions.callflow`, asked by the PBX itself.

Each file here is the twin of one there: `hours`, `blocking`, `exceptions`, `outgoing`, `profiles`, `extension`, `team`.
`tests/pbx/test_agreement.py` lets a real Asterisk and the call-flow page answer the same questions.
"""
