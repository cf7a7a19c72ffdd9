from django.urls import path

from porchlight.design import gallery, views

app_name = "design"
urlpatterns = [
    path("", gallery.page, name="gallery"),
    path("language/", views.language, name="language"),
    path("<slug:name>/", gallery.page, name="gallery-page"),
]
