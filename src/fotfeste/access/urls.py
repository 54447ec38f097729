from django.urls import path

from fotfeste.access.views import login, sharing_rules

urlpatterns = [
    path("logg-inn/", login.login, name="login"),
    path("logg-inn/start/", login.start, name="login-start"),
    path("logg-inn/svar/", login.callback, name="login-callback"),
    path("logg-ut/", login.logout, name="logout"),
    path("delingsregler/", sharing_rules.sharing_rules, name="sharing_rules"),
    path("sprak/", login.language, name="set_language"),
]
