"""A Django site made of the README's own lines, which plays the end of one login.

Arguments: a folder with settings.py and views.py as the README has them, client id, client secret,
redirect URI, and the code that Kakao sent there. It writes what the site answers.
"""

import sys

folder, client_id, client_secret, redirect_uri, code = sys.argv[1:6]
sys.path.insert(0, folder)

import django
import settings as readme
from django.conf import settings
from django.test import RequestFactory

settings.configure(
    KAKAO_REST_API_KEY=client_id,
    KAKAO_CLIENT_SECRET_KEY=client_secret,
    KAKAO_REDIRECT_URI=redirect_uri,
    **{name: value for name, value in vars(readme).items() if name.isupper()},
)
django.setup()

from views import kakao_callback

print(kakao_callback(RequestFactory().get("/", {"code": code})).content.decode())
