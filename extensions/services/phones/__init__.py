"""Desk telephones: adding, changing, removing and importing them (PRV-02)."""
