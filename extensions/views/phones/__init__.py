"""Pages about desk telephones (PRV-02)."""
