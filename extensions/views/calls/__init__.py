"""Pages of call controls: profiles, blocked callers, exceptions, rules, and questions about calls."""
