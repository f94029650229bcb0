"""Curricula: what is taught, practised and filled in, read from content, floor 5.

Owns: curricula with their sessions, worksheets, checklists; an agency's wording laid over ours, its own titles.
Does not own: who got which session (delivery), what a client wrote (workbook).
Words: curriculum, session, booster, worksheet, field, overlay.
May import: programs, clients, staff, audit, kernel.
Says: ContentPublished, SessionRenamed. Hears: nothing.
"""
