"""Kernel: mechanisms without tables, floor 0.

Owns: ids, actors, decisions, errors, events, sensitivity, content loading, encrypted fields, ui components.
Does not own: any noun of the field.
May import: Django, libraries; no other room.
"""
