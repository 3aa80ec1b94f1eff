"""A Django site whose visitors sign in with django-allauth's own Kakao provider.

It plays one login. The first line it writes is the address that the visitor's browser is sent to;
the line it then reads is the address that Kakao sends the browser back to; the last line it writes
is what came of it, as JSON. Arguments: origin of Kakao, client id, client secret.
"""

import json
import sys

import django
from django.conf import settings

KAKAO, CLIENT_ID, CLIENT_SECRET = sys.argv[1:4]

settings.configure(
    SECRET_KEY="a secret for tests",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF="allauth.urls",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    USE_TZ=True,
    SITE_ID=1,
    LOGIN_REDIRECT_URL="/in/",
    SOCIALACCOUNT_LOGIN_ON_GET=True,
    SOCIALACCOUNT_PROVIDERS={
        "kakao": {"APP": {"client_id": CLIENT_ID, "secret": CLIENT_SECRET, "key": ""}}
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.sites",
        "allauth",
        "allauth.account",
        "allauth.socialaccount",
        "allauth.socialaccount.providers.kakao",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
)
django.setup()

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.kakao.views import KakaoOAuth2Adapter
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

setup_test_environment()
call_command("migrate", verbosity=0)

# The hosts are fixed in its code and cannot be set otherwise.
KakaoOAuth2Adapter.authorize_url = KAKAO + "/oauth/authorize"
KakaoOAuth2Adapter.access_token_url = KAKAO + "/oauth/token"
KakaoOAuth2Adapter.profile_url = KAKAO + "/v2/user/me"

browser = Client(HTTP_HOST="localhost:8000")
print(browser.get("/kakao/login/")["Location"], flush=True)

response = browser.get(sys.stdin.readline().strip().replace("http://localhost:8000", ""))
account = SocialAccount.objects.first()
email = EmailAddress.objects.first()
error = (response.context or {}).get("auth_error") if response.status_code == 200 else None
print(
    json.dumps(
        {
            "location": response.get("Location"),
            "uid": account and account.uid,
            "nickname": account and account.extra_data["properties"]["nickname"],
            "email": email and email.email,
            "verified": email and email.verified,
            "error": error and str(error["exception"]),
        }
    )
)
