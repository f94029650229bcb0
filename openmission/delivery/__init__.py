"""Delivery: who got which session of a curriculum, alone or in a group, and how they were, floor 9.

Owns: groups, their members and meetings, deliveries, status exams, progress through a curriculum.
Does not own: what a session holds (curricula), worksheets (workbook), the service log (care): a delivery hangs on a
contact, and counts when that contact says that the client was met.
Words: group, group meeting, delivery, make-up, booster, status exam, round robin, progress.
May import: workbook, care, intake, curricula, programs, clients, staff, audit, kernel.
Says: GroupMade, MemberJoined, MeetingPlanned, SessionDelivered, ...
Hears: ContactCorrected, ClientDischarged, RoleEnded, StaffClosed.
"""
