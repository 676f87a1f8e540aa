//! Team files: TOML in, with every problem and its line; TOML out.

use std::path::Path;

use domain::Services;
use domain::connections::{IdpUpload, SigningCertificate};
use domain::teams::{ExportTeam, ImportTeam};
use messages::Text as _;
use model::idp_settings_check::IdpPolicy;
use model::metadata_url::{self, MetadataUrlPolicy};
use model::options::{AuthnContextClass, NameIdFormat};
use model::{Endpoints, IdpSettings, SignInOptions, SsoBinding, TeamName, TeamSlug, TeamStatus};
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a team file says.
pub struct TeamFile {
    /// Its teams, with the line on which each begins.
    pub teams: Vec<(usize, ImportTeam)>,
    /// Every problem, with its line.
    pub problems: Vec<(usize, String)>,
    /// What was left out of certificate files, with its line.
    pub notes: Vec<(usize, String)>,
}

/// Where certificates with this beginning stand in the file itself.
const PEM: &str = "-----BEGIN";

/// Every key that a team may have.
const KEYS: [&str; 16] = [
    "name",
    "slug",
    "status",
    "idp_entity_id",
    "sso_url",
    "slo_url",
    "idp_metadata_url",
    "sso_binding",
    "sign_requests",
    "force_authn",
    "is_passive",
    "name_id_format",
    "authn_context",
    "allow_idp_initiated",
    "email_domains",
    "certificates",
];

/// Reads a team file. Certificate files are looked up in `folder`.
pub fn read(services: &Services, text: &str, folder: &Path) -> TeamFile {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = TeamFileReader { services, text, folder, problems: Vec::new(), notes: Vec::new() };
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.problem(at, error.message());
    }
    let mut teams = Vec::new();
    for (key, value) in document.get_ref() {
        match value.get_ref() {
            DeValue::Array(entries) if key.get_ref() == "team" => {
                for entry in entries {
                    let line = reader.line(entry.span().start);
                    match entry.get_ref() {
                        DeValue::Table(table) => {
                            teams.extend(reader.team(entry.span().start, table).map(|team| (line, team)));
                        }
                        _ => reader.problem(entry.span().start, "a team is a [[team]] table"),
                    }
                }
            }
            // `application_file` reads them
            _ if key.get_ref() == "application" => {}
            _ => reader.problem(
                key.span().start,
                "is not known here: a team file consists of [[team]] and [[application]] tables",
            ),
        }
    }
    let TeamFileReader { mut problems, notes, .. } = reader;
    problems.sort();
    if teams.is_empty() && problems.is_empty() && document.get_ref().get("application").is_none() {
        problems.push((1, "holds no [[team]] and no [[application]]".to_owned()));
    }
    TeamFile { teams, problems, notes }
}

struct TeamFileReader<'a> {
    services: &'a Services,
    text: &'a str,
    folder: &'a Path,
    problems: Vec<(usize, String)>,
    notes: Vec<(usize, String)>,
}

/// A value and its offset in the file.
struct Located<T>(usize, T);

impl TeamFileReader<'_> {
    fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    fn problem(&mut self, offset: usize, words: &str) {
        self.problems.push((self.line(offset), words.to_owned()));
    }

    fn team(&mut self, start: usize, table: &DeTable<'_>) -> Option<ImportTeam> {
        for key in table.keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref())) {
            self.problem(key.span().start, &format!("{} is not a key of a team", key.get_ref()));
        }
        let name = self.required(start, table, "name").and_then(|name| self.parsed::<TeamName>("name", &name));
        let slug = self.string(table, "slug").map(|slug| self.parsed::<TeamSlug>("slug", &slug));
        let status = match self.string(table, "status") {
            None => Some(TeamStatus::Draft),
            Some(Located(at, text)) => {
                let status = TeamStatus::parse(&text);
                if status.is_none() {
                    let known = TeamStatus::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(", ");
                    self.problem(at, &format!("status: is one of {known}"));
                }
                status
            }
        };
        let idp = self.idp(start, table, slug.as_ref().and_then(Option::as_ref));
        let idp_metadata_url = self.idp_metadata_url(table, slug.as_ref().and_then(Option::as_ref));
        let options = self.options(table);
        let certificates = self.certificates(start, table);
        Some(ImportTeam {
            name: name?,
            slug: slug.map_or(Some(None), |slug| slug.map(Some))?,
            status: status?,
            idp: idp?,
            idp_metadata_url: idp_metadata_url?,
            options: options?,
            certificates: certificates?,
        })
    }

    fn idp(&mut self, start: usize, table: &DeTable<'_>, slug: Option<&TeamSlug>) -> Option<IdpSettings> {
        let entity_id = self.required(start, table, "idp_entity_id");
        let sso_url = self.required(start, table, "sso_url");
        let slo_url = self.string(table, "slo_url");
        let binding = self.choice(table, "sso_binding", "redirect or post", SsoBinding::parse)?;
        let (Located(entity_at, entity_id), Located(sso_at, sso_url)) = (entity_id?, sso_url?);
        let (slo_at, slo_url) = slo_url.map_or((start, String::new()), |Located(at, url)| (at, url));
        let endpoints = self.endpoints(slug)?;
        let policy =
            IdpPolicy { allow_http_loopback: self.services.settings.urls.is_local_http(), endpoints: &endpoints };
        match IdpSettings::check(&entity_id, &sso_url, &slo_url, &policy) {
            Ok(idp) => Some(IdpSettings { sso_binding: binding.unwrap_or_default(), ..idp }),
            Err(problems) => {
                for (field, problem) in problems {
                    let at = match field {
                        model::connection::field::IDP_ENTITY_ID => entity_at,
                        model::connection::field::SSO_URL => sso_at,
                        _ => slo_at,
                    };
                    self.problem(at, &format!("{field}: {}", problem.text()));
                }
                None
            }
        }
    }

    fn options(&mut self, table: &DeTable<'_>) -> Option<SignInOptions> {
        let formats = "persistent, email_address or unspecified";
        let context = "a URI, such as urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
        // each is looked at, so that every problem is found
        let switches = ["sign_requests", "force_authn", "is_passive", "allow_idp_initiated"];
        let [sign_requests, force_authn, is_passive, allow_idp_initiated] = switches.map(|key| self.flag(table, key));
        let name_id_format = self.choice(table, "name_id_format", formats, NameIdFormat::parse);
        let domains = "domains with commas between them, such as contoso.com, fabrikam.com";
        let email_domains = self.choice(table, "email_domains", domains, |text| text.parse().ok());
        let authn_context = self.choice(table, "authn_context", context, |text| text.parse().ok());
        Some(SignInOptions {
            sign_requests: sign_requests?,
            force_authn: force_authn?,
            is_passive: is_passive?,
            name_id_format: name_id_format?,
            authn_context: authn_context?,
            allow_idp_initiated: allow_idp_initiated?,
            email_domains: email_domains?.unwrap_or_default(),
        })
    }

    /// Our addresses of a team. One without a slug has none yet that could be confused with
    /// what the file says.
    fn endpoints(&self, slug: Option<&TeamSlug>) -> Option<Endpoints> {
        let unknown = "unknown-team".parse().ok();
        Some(self.services.settings.urls.endpoints(slug.or(unknown.as_ref())?))
    }

    /// Checked as if it were typed, and not fetched.
    #[expect(clippy::option_option, reason = "not there, and there but wrong, are two things")]
    fn idp_metadata_url(&mut self, table: &DeTable<'_>, slug: Option<&TeamSlug>) -> Option<Option<String>> {
        if !table.contains_key("idp_metadata_url") {
            return Some(None);
        }
        let Located(at, text) = self.string(table, "idp_metadata_url")?;
        let endpoints = self.endpoints(slug)?;
        let allow_private_addresses = self.services.settings.allow_private_addresses;
        match metadata_url::check(&text, &MetadataUrlPolicy { allow_private_addresses, endpoints: &endpoints }) {
            Ok(url) => Some(Some(url.into())),
            Err(problem) => {
                self.problem(at, &format!("idp_metadata_url: {}", problem.text()));
                None
            }
        }
    }

    /// A switch that is off unless the file turns it on.
    fn flag(&mut self, table: &DeTable<'_>, key: &str) -> Option<bool> {
        let Some(value) = table.get(key) else { return Some(false) };
        let on = value.get_ref().as_bool();
        if on.is_none() {
            self.problem(value.span().start, &format!("{key}: is true or false"));
        }
        on
    }

    /// A value that has to parse, if the file has the key.
    #[expect(clippy::option_option, reason = "not there, and there but wrong, are two things")]
    fn choice<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        kind: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        if !table.contains_key(key) {
            return Some(None);
        }
        let Located(at, text) = self.string(table, key)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            self.problem(at, &format!("{key}: is {kind}"));
        }
        parsed.map(Some)
    }

    fn certificates(&mut self, start: usize, table: &DeTable<'_>) -> Option<Vec<SigningCertificate>> {
        let Some(value) = table.get("certificates") else {
            self.problem(start, "certificates: name at least one file");
            return None;
        };
        let at = value.span().start;
        let Some(entries) = value.get_ref().as_array().filter(|entries| !entries.is_empty()) else {
            self.problem(at, "certificates: is a list of files, such as [\"contoso.cer\"]");
            return None;
        };
        let before = self.problems.len();
        let mut certificates: Vec<SigningCertificate> = Vec::new();
        for entry in entries {
            for certificate in self.certificate(entry) {
                if !certificates.contains(&certificate) {
                    certificates.push(certificate);
                }
            }
        }
        (self.problems.len() == before).then_some(certificates)
    }

    /// The certificates of one file, or of the PEM text in its place.
    fn certificate(&mut self, entry: &Spanned<DeValue<'_>>) -> Vec<SigningCertificate> {
        let at = entry.span().start;
        let Some(text) = entry.get_ref().as_str() else {
            self.problem(at, "certificates: a file is named in quotes");
            return Vec::new();
        };
        let content = if text.trim_start().starts_with(PEM) {
            text.as_bytes().to_vec()
        } else {
            match std::fs::read(self.folder.join(text)) {
                Ok(content) => content,
                Err(error) => {
                    self.problem(at, &format!("certificates: cannot read {text}: {error}"));
                    return Vec::new();
                }
            }
        };
        match IdpUpload::parse(&content, self.services.now()) {
            Ok(IdpUpload { certificates, skipped, .. }) => {
                let line = self.line(at);
                self.notes.extend(skipped.iter().map(|note| (line, format!("certificates: {}", note.text()))));
                certificates
            }
            Err(problem) => {
                self.problem(at, &format!("certificates: {}", problem.text()));
                Vec::new()
            }
        }
    }

    fn required(&mut self, start: usize, table: &DeTable<'_>, key: &str) -> Option<Located<String>> {
        if !table.contains_key(key) {
            self.problem(start, &format!("{key}: is missing"));
        }
        self.string(table, key)
    }

    fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<Located<String>> {
        let value = table.get(key)?;
        let at = value.span().start;
        let Some(text) = value.get_ref().as_str() else {
            self.problem(at, &format!("{key}: is a text in quotes"));
            return None;
        };
        Some(Located(at, text.to_owned()))
    }

    fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, key: &str, text: &Located<String>) -> Option<T> {
        match text.1.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(text.0, &format!("{key}: {error}"));
                None
            }
        }
    }
}

#[derive(Serialize)]
struct TeamFileTable<'a> {
    team: Vec<TeamTable<'a>>,
}

#[derive(Serialize)]
struct TeamTable<'a> {
    name: &'a str,
    slug: &'a str,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp_entity_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sso_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slo_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp_metadata_url: Option<&'a str>,
    // what has its default is left out
    #[serde(skip_serializing_if = "Option::is_none")]
    sso_binding: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_requests: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    force_authn: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_passive: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_id_format: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authn_context: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allow_idp_initiated: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_domains: Option<&'a str>,
    certificates: Vec<String>,
}

/// Writes teams as a team file, certificates inside as PEM.
pub fn write(teams: &[ExportTeam]) -> Result<String, toml::ser::Error> {
    toml::to_string_pretty(&TeamFileTable { team: teams.iter().map(team_table).collect() })
}

fn team_table(team: &ExportTeam) -> TeamTable<'_> {
    let idp = team.idp.as_ref();
    let options = &team.options;
    let on = |switch: bool| switch.then_some(true);
    TeamTable {
        name: &team.name,
        slug: team.slug.as_str(),
        status: team.status.as_str(),
        idp_entity_id: idp.map(|idp| &*idp.entity_id),
        sso_url: idp.map(|idp| &*idp.sso_url),
        slo_url: idp.and_then(|idp| idp.slo_url.as_deref()),
        idp_metadata_url: team.idp_metadata_url.as_deref(),
        sso_binding: idp
            .map(|idp| idp.sso_binding)
            .filter(|known| *known != SsoBinding::default())
            .map(SsoBinding::as_str),
        sign_requests: on(options.sign_requests),
        force_authn: on(options.force_authn),
        is_passive: on(options.is_passive),
        name_id_format: options.name_id_format.map(NameIdFormat::as_str),
        authn_context: options.authn_context.as_ref().map(AuthnContextClass::as_str),
        allow_idp_initiated: on(options.allow_idp_initiated),
        email_domains: Some(options.email_domains.as_str()).filter(|domains| !domains.is_empty()),
        certificates: team.certificates.iter().map(SigningCertificate::to_pem).collect(),
    }
}
