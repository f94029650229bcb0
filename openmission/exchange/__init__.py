"""Exchange: what comes from and goes to other systems, floor 10.

Owns: the import of HMIS CSV exports (a package for each year: `hmis_fy2026`), the raw rows, Find people.
Does not own: referrals and screening (intake), the people served (clients).
Words: export (the files of one HMIS at one time), source (the HMIS it came from), fault (stops an import), warning
(does not), person (somebody in an HMIS, who becomes a client only by being referred).
May import: intake and everything below it.
"""
