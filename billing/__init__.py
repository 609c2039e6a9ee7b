"""Rates, call summaries, invoices and billing outputs. They come with the INV and SUM rows."""
