from django.urls import path

from fotfeste.annualwheel.views import wheel

app_name = "annualwheel"

urlpatterns = [
    path("arshjul/", wheel.wheel, name="wheel"),
    path("arshjul/<slug:event_id>/", wheel.wheel_event, name="event"),
]
