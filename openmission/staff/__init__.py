"""Staff: the agency and the people who work in it, floor 2.

Owns: agency and its settings, sites, teams, accounts, roles, cover, sign-in, doors (which role opens which page).
Does not own: which client a person may reach; that is the clients room.
Words: agency, site, team, user, role, seat, cover.
May import: audit, kernel.
Says: AgencyCreated, TeamCreated, StaffAdded, RoleGiven, RoleEnded, CoverArranged, CoverEnded, SignedIn, ...
"""
