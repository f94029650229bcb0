"""Care: the spine, floor 7.

Owns: the service log (contacts), appointments, the agenda (what each client needs next, and why), what was put off or
handed to whom, phase reviews, discharge, hand-over notes, safety concerns and what was done about them.
Does not own: enrollment and its dates (intake); curricula, housing, court (rooms above log contacts down into here).
Words: contact, appointment, agenda, due item, deferral, phase review, hand-over, safety concern.
May import: intake, curricula, programs, clients, staff, audit, kernel.
Says: ContactLogged, ContactCorrected, AppointmentMade, AppointmentClosed, DueItemDeferred, DueItemHanded,
SafetyConcernRaised, SafetyStepsTaken, SafetyConcernClosed, ...
"""
