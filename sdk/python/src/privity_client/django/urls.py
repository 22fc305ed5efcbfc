"""For a site to include: `path("", include("privity_client.django.urls"))`."""

from django.urls import path

from privity_client.django.views import token

urlpatterns = [path("chat-token", token)]
