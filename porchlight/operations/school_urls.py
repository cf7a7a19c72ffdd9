"""What leaders and safeguarding see of the record, and whom leaders let in."""

from django.urls import path

from porchlight.operations import views_of_looks, views_of_operators

app_name = "operations"
urlpatterns = [
    path("settings/looks/", views_of_looks.looks, name="looks"),
    path("settings/operators/", views_of_operators.operators, name="operators"),
    path("settings/operators/<slug:key>/entry/", views_of_operators.letting_in, name="letting_in"),
    path("settings/operators/<slug:key>/ending/", views_of_operators.sending_away, name="sending_away"),
]
