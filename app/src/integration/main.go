// go get github.com/coreos/go-oidc/v3/oidc golang.org/x/oauth2
// SSO_CLIENT_SECRET comes from the environment.
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"log"
	"net/http"
	"net/url"
	"os"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

const redirectURI = "{redirect_uri}"

func main() {
	provider, err := oidc.NewProvider(context.Background(), "{issuer}")
	if err != nil {
		log.Fatal(err)
	}
	config := oauth2.Config{
		ClientID:     "{client_id}",
		ClientSecret: os.Getenv("SSO_CLIENT_SECRET"),
		Endpoint:     provider.Endpoint(),
		RedirectURL:  redirectURI,
		Scopes:       []string{"{scopes}"}, // joined by spaces
	}
	verifier := provider.Verifier(&oidc.Config{ClientID: config.ClientID})
	address, err := url.Parse(redirectURI)
	if err != nil {
		log.Fatal(err)
	}

	http.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		state, nonce, pkce := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
		for name, value := range map[string]string{"state": state, "nonce": nonce, "pkce": pkce} {
			http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: 600, HttpOnly: true,
				Secure: address.Scheme == "https", SameSite: http.SameSiteLaxMode})
		}
		// oauth2.SetAuthURLParam("organization", "contoso-7k2m9q") if you know the customer
		to := config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(pkce))
		http.Redirect(w, r, to, http.StatusSeeOther)
	})

	http.HandleFunc(address.Path, func(w http.ResponseWriter, r *http.Request) {
		kept := func(name string) string {
			cookie, err := r.Cookie(name)
			if err != nil {
				return ""
			}
			return cookie.Value
		}
		if kept("state") == "" || r.FormValue("state") != kept("state") {
			http.Error(w, "start again at /login", http.StatusBadRequest)
			return
		}
		tokens, err := config.Exchange(r.Context(), r.FormValue("code"), oauth2.VerifierOption(kept("pkce")))
		if err != nil {
			http.Error(w, "start again at /login", http.StatusBadRequest)
			return
		}
		raw, _ := tokens.Extra("id_token").(string)
		token, err := verifier.Verify(r.Context(), raw)
		if err != nil || token.Nonce != kept("nonce") {
			http.Error(w, "start again at /login", http.StatusBadRequest)
			return
		}
		var person map[string]any // sub, email, name, org_id …
		if err := token.Claims(&person); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		json.NewEncoder(w).Encode(person) // begin a session of your own here
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
