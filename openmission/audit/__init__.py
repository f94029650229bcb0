"""Audit: what was done and who looked, floor 1.

Owns: recorded events (every change), accesses (every look at a client). Both tables are append-only: triggers on both
databases refuse update and delete.
Does not own: what the events mean; each room has its own.
Words: event, access.
May import: kernel.
Says: nothing. Hears: every service through `audit.services.record`, every selector through `audit.access.note`.
"""
