//! Who signs the responses: Entra as `mock-entra` imitates it, one tenant a team, one key.

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mock_entra::directory::User;
use mock_entra::downloads;
use mock_entra::keys::SigningKey;
use mock_entra::response::ResponseOptions;
use mock_entra::server::now;
use mock_entra::sign_in_request::{self, SignInRequest};
use mock_entra::tenant::Tenant;

/// Groups of a person, which make a response as long as Entra's often are: about 6 KB.
const GROUPS: usize = 12;
const GROUPS_CLAIM: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";

/// The identity provider of all teams.
pub struct IdentityProvider {
    key: SigningKey,
    people: usize,
    teams: usize,
}

impl IdentityProvider {
    /// With a new key; so many people, who are spread over so many teams.
    pub fn new(teams: usize, people: usize) -> Result<Self> {
        Ok(Self { key: SigningKey::generate(now())?, people, teams })
    }

    /// How many teams there are.
    #[must_use]
    pub const fn teams(&self) -> usize {
        self.teams
    }

    /// A team's tenant.
    #[must_use]
    pub fn tenant(team: usize) -> Tenant {
        Tenant {
            id: format!("8f4f2a34-5b1e-4a0c-9d7e-{team:012x}"),
            base_url: "https://login.microsoftonline.com".to_owned(),
        }
    }

    /// The certificate that every team trusts.
    pub fn certificate_pem(&self) -> Result<String> {
        Ok(String::from_utf8(self.key.certificate_pem()?)?)
    }

    /// A team's federation metadata.
    pub fn metadata(&self, team: usize) -> Result<String> {
        downloads::metadata(&Self::tenant(team), std::slice::from_ref(&self.key))
    }

    /// Which team's the sign-in of that number is.
    #[must_use]
    pub const fn team_of(&self, sign_in: usize) -> usize {
        sign_in % self.teams
    }

    /// Reads the request in the address to which a service provider redirects.
    pub fn read_request(location: &str) -> Result<SignInRequest> {
        let query = location.split_once('?').map_or("", |(_, query)| query);
        sign_in_request::read(query, None).map_err(|error| anyhow::anyhow!("{} in {location}", error.message))
    }

    /// Answers a request: somebody of the team, a signed assertion, in Base64.
    pub fn respond(&self, sign_in: usize, request: &SignInRequest) -> Result<String> {
        let (team, tenant) = (self.team_of(sign_in), Self::tenant(self.team_of(sign_in)));
        let person = sign_in / self.teams % (self.people / self.teams).max(1);
        let name = format!("person-{person}");
        let mail = format!("{name}@team-{team}.example");
        let user =
            User { upn: mail.clone(), mail, display_name: name.clone(), given_name: name, surname: "Simon".to_owned() };
        let mut random = [0; 32];
        getrandom::fill(&mut random)?;
        let mut response = ResponseOptions::entra(&tenant, request, &user, now(), random);
        let group = |number| format!("{number:08x}-5b1e-4a0c-9d7e-3c6b1f0a2d55");
        response.set_claim(GROUPS_CLAIM, (0..GROUPS).map(group).collect());
        Ok(STANDARD.encode(response.signed_by(&self.key)?))
    }

    /// How long the XML of a response is.
    pub fn response_size(&self) -> Result<usize> {
        let request = SignInRequest {
            id: format!("_{}", "0".repeat(32)),
            identifier: "team-0-2345ab".to_owned(),
            reply_url: "http://localhost:30000/v2/auth/sso/saml/team-0-2345ab".to_owned(),
            relay_state: None,
            login_hint: None,
        };
        Ok(STANDARD.decode(self.respond(0, &request)?)?.len())
    }
}
