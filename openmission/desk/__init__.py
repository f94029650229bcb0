"""Desk: the staff surface, floor 10.

Owns: My day, caseload, client page, search: pages that join rooms.
Does not own: any table, rule or write.
May import: care, intake, programs, clients, staff, audit, kernel.
"""
