from django.urls import path

from openmission.intake.views import board, documents, enrollments, first_days, new, referrals, screenings

app_name = "intake"
urlpatterns = [
    path("referrals/", board.board, name="board"),
    path("referrals/waitlist/", board.waitlist, name="waitlist"),
    path("referrals/new/", new.new, name="new"),
    path("referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:referral_id>/attempt/", referrals.attempt, name="attempt"),
    path("referrals/<uuid:referral_id>/close/", referrals.close, name="close"),
    path("referrals/<uuid:referral_id>/reopen/", referrals.reopen, name="reopen"),
    path("referrals/<uuid:referral_id>/wait/", referrals.wait, name="wait"),
    path("referrals/<uuid:referral_id>/screening/", screenings.screening, name="screening"),
    path("referrals/<uuid:referral_id>/enroll/", enrollments.enroll, name="enroll"),
    path("enrollments/<uuid:enrollment_id>/", enrollments.enrollment, name="enrollment"),
    path("enrollments/<uuid:enrollment_id>/pair/", enrollments.pair, name="pair"),
    path("enrollments/<uuid:enrollment_id>/orientation/", first_days.orientation, name="orientation"),
    path("enrollments/<uuid:enrollment_id>/assessments/", first_days.assessments, name="assessments"),
    path("enrollments/<uuid:enrollment_id>/sign/<slug:document>/", documents.sign, name="sign"),
    path("enrollments/documents/<uuid:document_id>/", documents.document, name="document"),
    path("enrollments/documents/<uuid:document_id>/pdf/", documents.document_pdf, name="document_pdf"),
    path("enrollments/documents/<uuid:document_id>/revoke/", documents.revoke, name="revoke"),
]
