from django.urls import path

from openmission.care.views import agenda, appointments, contacts, handovers, phases, safety

app_name = "care"
urlpatterns = [
    path("contacts/new/", contacts.record, name="record"),
    path("contacts/<uuid:contact_id>/", contacts.contact, name="contact"),
    path("contacts/<uuid:contact_id>/correct/", contacts.correct, name="correct"),
    path("contacts/<uuid:contact_id>/withdraw/", contacts.withdraw, name="withdraw"),
    path("appointments/new/", appointments.new, name="appointment_new"),
    path("appointments/<uuid:appointment_id>/", appointments.appointment, name="appointment"),
    path("appointments/<uuid:appointment_id>/move/", appointments.move, name="appointment_move"),
    path("appointments/<uuid:appointment_id>/cancel/", appointments.cancel, name="appointment_cancel"),
    path("due/<uuid:enrollment_id>/<str:item_key>/later/", agenda.defer, name="defer"),
    path("due/<uuid:enrollment_id>/<str:item_key>/hand/", agenda.hand, name="hand"),
    path("due/<uuid:enrollment_id>/<str:item_key>/undo/", agenda.undo, name="undo"),
    path("enrollments/<uuid:enrollment_id>/review/", phases.review, name="review"),
    path("enrollments/<uuid:enrollment_id>/discharge/", phases.discharge, name="discharge"),
    path("safety/<uuid:concern_id>/", safety.steps, name="safety"),
    path("safety/steps/", safety.read, name="safety_read"),
    path("contacts/<uuid:contact_id>/worried/", safety.worried_in_contact, name="worried_contact"),
    path("enrollments/<uuid:enrollment_id>/worried/", safety.worried, name="worried"),
    path("cover/<uuid:cover_id>/notes/", handovers.handover, name="handover"),
]
