"""Workbook: what a client wrote on the worksheets, between the care room and the sessions, floor 8.

Owns: entries (one filling of one sheet), every version of what they said, how far each is prepared.
Does not own: the sheets themselves (curricula); which session comes next and what became of it (sessions).
Words: sheet, entry, taking (a repeatable sheet has several), answers, item (what another sheet named), version.
May import: care, intake, curricula, programs, clients, staff, audit, kernel.
Says: WorksheetSaved, WorksheetMarked, WorksheetBegunAgain. Hears: nothing.
"""
