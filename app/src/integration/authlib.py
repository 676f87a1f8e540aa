# pip install Authlib Flask requests
# SSO_CLIENT_SECRET and SESSION_SECRET come from the environment.
import os
from urllib.parse import urlsplit

from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session

REDIRECT_URI = "{redirect_uri}"

app = Flask(__name__)
app.secret_key = os.environ["SESSION_SECRET"]
oauth = OAuth(app)
oauth.register(
    name="sso",
    server_metadata_url="{issuer}/.well-known/openid-configuration",
    client_id="{client_id}",
    client_secret=os.environ["SSO_CLIENT_SECRET"],
    client_kwargs={"scope": "{scopes}", "code_challenge_method": "S256"},
)


@app.get("/login")
def login():
    # organization="contoso-7k2m9q" if you know the customer; the person is asked otherwise
    return oauth.sso.authorize_redirect(REDIRECT_URI)


@app.get(urlsplit(REDIRECT_URI).path)
def callback():
    token = oauth.sso.authorize_access_token()
    person = token["userinfo"]  # sub, email, name, org_id …
    session.clear()
    session["person"] = person["sub"]
    return redirect("/")
