"""Clients: the people served, floor 3.

Owns: names and aliases, birth date, phones, how to reach safely, identifiers elsewhere, the client's team and care
team, reach (who may open whose chart), break-glass, search before create.
Does not own: referral, screening, enrollment (intake); anything clinical.
Words: client, alias, care team, reach, break-glass.
May import: staff, audit, kernel.
Says: ClientCreated, ClientChanged, TeamTied, TeamUntied, CareTeamJoined, CareTeamLeft, GlassBroken, BreakGlassReviewed.
"""
