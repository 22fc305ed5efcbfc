"""The address at which the widget asks the site who is there."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from privity_client.django.chat import site_chat, who_is_there


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """A token for the person who is signed in. A static page knows no CSRF token; the answer checks who asks."""
    answer = site_chat().answer(request.headers, who_is_there(request))
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
