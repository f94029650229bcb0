"""HMIS CSV FY2026: reading an export, checking it, finding people. Plain Python: no Django, no clock, no database.

`package` opens a zip or a folder, `reader` reads its tables, `standard` says what the tables should be, `check` lists
faults and warnings, `people` and `housing` find whom the program exists for.
"""
