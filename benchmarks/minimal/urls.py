from django.urls import path

from benchmarks.minimal import views

urlpatterns = [path("list/", views.worklist), path("person/<int:youth_id>/", views.person)]
