from django.urls import path

from openmission.staff.views import accounts, agencies, changes, cover, own

app_name = "staff"
urlpatterns = [
    path("language/", own.language, name="language"),
    path("stay/", own.stay, name="stay"),
    path("me/", own.me, name="me"),
    path("cover/", cover.cover, name="cover"),
    path("cover/<uuid:cover_id>/end/", cover.end_cover, name="end_cover"),
    path("accounts/", accounts.people, name="accounts"),
    path("accounts/add/", accounts.add, name="add_account"),
    path("accounts/<uuid:user_id>/", accounts.account, name="account"),
    path("accounts/<uuid:user_id>/role/", changes.give_role, name="give_role"),
    path("accounts/<uuid:user_id>/password/", changes.set_password, name="set_password"),
    path("accounts/<uuid:user_id>/second-factor/", changes.clear_second_factors, name="clear_second_factors"),
    path("accounts/<uuid:user_id>/close/", changes.close, name="close_account"),
    path("accounts/<uuid:user_id>/reopen/", changes.reopen, name="reopen_account"),
    path("roles/<uuid:role_id>/end/", changes.end_role, name="end_role"),
    path("teams/", agencies.teams, name="teams"),
    path("settings/", agencies.settings, name="settings"),
]
