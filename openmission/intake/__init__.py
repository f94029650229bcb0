"""Intake: from the door to the first day, floor 6.

Owns: referrals and attempts to reach, screenings against a program version's criteria, the waitlist, enrollments with
their phases, signed documents, orientation and assessment marks, assignment of the pair.
Does not own: what happens after (care); personal details and reach (clients); criteria and texts (programs).
Words: referral, screening, criterion, waitlist, enrollment, phase, document, orientation.
May import: programs, clients, staff, audit, kernel.
Says: ReferralReceived, ReferralReached, ScreeningDecided, ClientWaitlisted, ReferralClosed, ClientEnrolled, ...
"""
