from django.urls import path

from porchlight.design import views

app_name = "design"
urlpatterns = [
    path("language/", views.language, name="language"),
]
