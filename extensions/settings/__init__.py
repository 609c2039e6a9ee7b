"""Inheritable settings: one mechanism for platform, service template, company, team and extension."""
