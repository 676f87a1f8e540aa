#!/usr/bin/env bash
# A sign-in by hand, to see what your application gets. Needs curl, jq and openssl, and the secret:
# export SSO_CLIENT_SECRET=…
set -euo pipefail
issuer='{issuer}' client_id='{client_id}' redirect_uri='{redirect_uri}' scope='{scopes}'

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
encoded() { jq -rn --arg text "$1" '$text | @uri'; }

verifier="$(openssl rand 32 | base64url)"
challenge="$(printf %s "$verifier" | openssl dgst -sha256 -binary | base64url)"

echo "Open this in a browser and sign in:"
echo "$issuer/oauth2/authorize?response_type=code&client_id=$client_id&redirect_uri=$(encoded "$redirect_uri")&scope=$(encoded "$scope")&state=by-hand&code_challenge=$challenge&code_challenge_method=S256"
read -r -p "The code in the address that the browser came back to (it works for 60 seconds): " code

tokens="$(curl --silent --show-error --user "$client_id:$SSO_CLIENT_SECRET" "$issuer/oauth2/token" \
  --data grant_type=authorization_code --data-urlencode "code=$code" \
  --data-urlencode "redirect_uri=$redirect_uri" --data-urlencode "code_verifier=$verifier")"
jq . <<<"$tokens"
echo "Who signed in:"
curl --silent --show-error --header "Authorization: Bearer $(jq -r .access_token <<<"$tokens")" "$issuer/oauth2/userinfo" | jq .
