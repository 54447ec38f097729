from django.urls import path

from fotfeste.access.views import knowledge, language, login, logout, session, sharing_rules

urlpatterns = [
    path("logg-inn/", login.login, name="login"),
    path("logg-inn/til/<slug:profile>/", login.start, name="login-start"),
    path("logg-inn/svar/<slug:profile>/", login.callback, name="login-callback"),
    path("logg-inn/nokler.json", login.keys, name="login-keys"),
    path("logg-ut/", logout.logout, name="logout"),
    path("logg-ut/ferdig/", logout.done, name="logout-done"),
    path("logg-ut/fra/<slug:profile>/", logout.front_channel, name="logout-front"),
    path("logg-ut/bak/<slug:profile>/", logout.back_channel, name="logout-back"),
    path("delingsregler/", sharing_rules.sharing_rules, name="sharing_rules"),
    path("personvern/", knowledge.confirm_knowledge, name="confirm_knowledge"),
    path("okt/", session.state, name="session-state"),
    path("okt/forleng/", session.extend, name="session-extend"),
    path("innlogging/", session.own, name="session"),
    path("sprak/", language.language, name="set_language"),
]
