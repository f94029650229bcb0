"""Programs: what a program version asks for, read from content, floor 4.

Owns: program versions (components, formats, phases, contacts expected, eligibility, documents, orientation, due rules).
Does not own: who is enrolled, which day a phase was moved to, what is due: intake and care.
Words: program version, format, phase, span, criterion, due rule, severity.
May import: clients, staff, audit, kernel.
Says: ProgramPublished. Hears: nothing.
"""
