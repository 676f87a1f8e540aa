//! The portal's sign-ins for an application: from its authorization request, by OpenID Connect, to the
//! answer of the userinfo endpoint.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::http::{Answer, get, path_of, post};
use crate::portal::{Portal, from_address};
use crate::system::{Started, System};

const CALLBACK: &str = "http://localhost:7300/callback";
/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const CLIENT_ID: &str = "bench";

/// A portal with an application.
pub struct ApplicationSignIns {
    portal: Portal,
    secret: String,
    algorithm: &'static str,
}

impl ApplicationSignIns {
    /// Registers an application whose tokens are signed with this algorithm.
    pub fn of(portal: Portal, algorithm: &'static str) -> Result<Self> {
        let file = portal.folder.path().join("application.toml");
        let text = format!(
            "[[application]]\nclient_id = \"{CLIENT_ID}\"\nname = \"Bench\"\nredirect_uris = [\"{CALLBACK}\"]\n\
             signing_algorithm = \"{algorithm}\"\n"
        );
        std::fs::write(&file, text)?;
        let run = |arguments: &[&str]| -> Result<String> {
            let output = portal.command().arg("application").args(arguments).output()?;
            ensure!(output.status.success(), "portal application: {}", String::from_utf8_lossy(&output.stderr));
            Ok(String::from_utf8(output.stdout)?)
        };
        run(&["import", &file.to_string_lossy()])?;
        let secret = run(&["rotate-secret", CLIENT_ID])?.trim().to_owned();
        Ok(Self { portal, secret, algorithm })
    }
}

impl System for ApplicationSignIns {
    fn name(&self) -> String {
        format!("{} for an application, {}", self.portal.name(), self.algorithm)
    }

    fn address(&self) -> SocketAddr {
        self.portal.address()
    }

    fn server_pid(&self) -> u32 {
        self.portal.server_pid()
    }

    fn database_pid(&self) -> Option<u32> {
        self.portal.database_pid()
    }

    fn most_started(&self) -> usize {
        // the request that an attempt carries counts for one more
        self.portal.most_started() / 2
    }

    fn restart(&mut self) -> Result<()> {
        self.portal.restart()
    }

    fn stop(&mut self) -> Result<()> {
        self.portal.stop()
    }

    fn start(&self, number: usize) -> Vec<u8> {
        let slug = Portal::slug(number % self.portal.teams);
        let state = number.to_string();
        let fields = [
            ("client_id", CLIENT_ID),
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            ("scope", "openid profile email groups organization"),
            ("state", &state),
            ("nonce", &state),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("organization", &slug),
        ];
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        get(&format!("/oauth2/authorize?{query}"), &self.portal.host(), &from_address(number))
    }

    fn started(&self, number: usize, answer: &Answer) -> Result<Started> {
        self.portal.started(number, answer)
    }

    fn respond(&self, started: &Started, saml_response: &str) -> Result<Vec<u8>> {
        self.portal.respond(started, saml_response)
    }

    fn responded(&self, answer: &Answer) -> Result<String> {
        self.portal.responded(answer)
    }

    fn redeem(&self, started: &Started, code: &str) -> Result<Vec<u8>> {
        self.portal.redeem(started, code)
    }

    fn redeemed(&self, answer: &Answer) -> Result<()> {
        ensure!(answer.location()?.contains("/oauth2/authorize/"), "not for an application: {}", answer.summary());
        Ok(())
    }

    fn application_steps(&self) -> &'static [&'static str] {
        &["code", "token", "userinfo"]
    }

    fn application_step(&self, step: usize, started: &Started, before: &Answer) -> Result<Vec<u8>> {
        let host = self.portal.host();
        match step {
            0 => {
                let session = before.cookie("person").context("no session")?;
                let cookies = format!("Cookie: browser={}; person={session}\r\n", started.cookie);
                let path = path_of(before.location()?).or_else(|_| before.location().map(str::to_owned))?;
                Ok(get(&path, &host, &(from_address(started.number) + &cookies)))
            }
            1 => {
                let location = url::Url::parse(before.location()?)?;
                let code = location.query_pairs().find(|(name, _)| name == "code");
                let code = code.with_context(|| format!("no code: {}", before.summary()))?.1.into_owned();
                let fields = [
                    ("grant_type", "authorization_code"),
                    ("client_id", CLIENT_ID),
                    ("client_secret", &self.secret),
                    ("redirect_uri", CALLBACK),
                    ("code_verifier", VERIFIER),
                    ("code", &code),
                ];
                Ok(post("/oauth2/token", &host, "", &fields))
            }
            _ => {
                let tokens: Value = serde_json::from_str(&before.body)?;
                ensure!(tokens.get("id_token").is_some(), "no ID token: {}", before.summary());
                let token = tokens.get("access_token").and_then(Value::as_str).context("no access token")?;
                Ok(get("/oauth2/userinfo", &host, &format!("Authorization: Bearer {token}\r\n")))
            }
        }
    }

    fn application_done(&self, answer: &Answer) -> Result<()> {
        ensure!(answer.status == 200 && answer.body.contains("org_slug"), "no person: {}", answer.summary());
        Ok(())
    }
}
