"""Practice: an agency that never was, to learn and to measure with, floor 10.

Owns: the invented people and what happens to them (rules), the simulator that plays it through the services of every
room (so that events, timeline and log are those of a real agency), the sign-ins of the practice agency, and the bulk
generator for measurements.
Does not own: any table, any page.
Words: worker, life (an invented client's story), turn (what is particular in it), diary, entry (a contact to be).
May import: delivery, workbook, care, intake, curricula, programs, clients, staff, audit, kernel.
Says: nothing of its own. Hears: nothing.
"""
