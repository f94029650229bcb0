from django.urls import path

from openmission.delivery.views import boosters, groups, meetings, rounds, sessions

app_name = "delivery"
urlpatterns = [
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/<uuid:group_id>/", groups.group, name="group"),
    path("groups/<uuid:group_id>/change/", groups.group_change, name="group_change"),
    path("groups/<uuid:group_id>/join/", groups.group_join, name="group_join"),
    path("groups/<uuid:group_id>/end/", groups.group_end, name="group_end"),
    path("groups/<uuid:group_id>/plan/", meetings.plan, name="meeting_plan"),
    path("groups/members/<uuid:member_id>/leave/", groups.member_leave, name="member_leave"),
    path("sessions/<uuid:enrollment_id>/", sessions.course, name="course"),
    path("sessions/given/<uuid:delivery_id>/", sessions.correct, name="correct"),
    path("sessions/<uuid:enrollment_id>/<slug:curriculum>/", sessions.session, name="session"),
    path("sessions/<uuid:enrollment_id>/<slug:curriculum>/declined/", boosters.declined, name="declined"),
    path("sessions/<uuid:enrollment_id>/declined/<uuid:declined_id>/undo/", boosters.undo, name="declined_undo"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/run/", rounds.run, name="run"),
    path("meetings/<uuid:meeting_id>/came/", rounds.came, name="came"),
    path("meetings/<uuid:meeting_id>/attendance/", meetings.attendance, name="attendance"),
    path("meetings/<uuid:meeting_id>/change/", meetings.meeting_change, name="meeting_change"),
    path("meetings/<uuid:meeting_id>/complete/", meetings.meeting_complete, name="meeting_complete"),
    path("meetings/<uuid:meeting_id>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
]
