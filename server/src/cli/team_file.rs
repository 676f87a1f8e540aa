//! Team files: TOML in, with every problem and its line; TOML out.

use std::path::Path;

use domain::Services;
use domain::connections::{SigningCertificate, read_certificates};
use domain::teams::{ExportTeam, ImportTeam};
use model::connection::IdpPolicy;
use model::{FieldProblem, IdpSettings, TeamName, TeamSlug, TeamStatus};
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a team file says.
pub struct TeamFile {
    /// Its teams, with the line on which each begins.
    pub teams: Vec<(usize, ImportTeam)>,
    /// Every problem, with its line.
    pub problems: Vec<(usize, String)>,
}

/// Where certificates with this beginning stand in the file itself.
const PEM: &str = "-----BEGIN";

/// Reads a team file. Certificate files are looked up in `folder`.
pub fn read(services: &Services, text: &str, folder: &Path) -> TeamFile {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { services, text, folder, problems: Vec::new() };
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
            _ => reader.problem(key.span().start, "is not known here: a team file consists of [[team]] tables"),
        }
    }
    let mut problems = reader.problems;
    problems.sort();
    if teams.is_empty() && problems.is_empty() {
        problems.push((1, "holds no [[team]]".to_owned()));
    }
    TeamFile { teams, problems }
}

struct Reader<'a> {
    services: &'a Services,
    text: &'a str,
    folder: &'a Path,
    problems: Vec<(usize, String)>,
}

/// A value and where it stands.
struct At<T>(usize, T);

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    fn problem(&mut self, offset: usize, words: &str) {
        self.problems.push((self.line(offset), words.to_owned()));
    }

    fn team(&mut self, start: usize, table: &DeTable<'_>) -> Option<ImportTeam> {
        const KEYS: [&str; 7] = ["name", "slug", "status", "idp_entity_id", "sso_url", "slo_url", "certificates"];
        for key in table.keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref())) {
            self.problem(key.span().start, &format!("{} is not a key of a team", key.get_ref()));
        }
        let name = self.required(start, table, "name").and_then(|name| self.parsed::<TeamName>("name", &name));
        let slug = self.string(table, "slug").map(|slug| self.parsed::<TeamSlug>("slug", &slug));
        let status = match self.string(table, "status") {
            None => Some(TeamStatus::Draft),
            Some(At(at, text)) => {
                let status = TeamStatus::parse(&text);
                if status.is_none() {
                    let known = TeamStatus::ALL.map(TeamStatus::as_str).join(", ");
                    self.problem(at, &format!("status: is one of {known}"));
                }
                status
            }
        };
        let idp = self.idp(start, table, slug.as_ref().and_then(Option::as_ref));
        let certificates = self.certificates(start, table);
        Some(ImportTeam {
            name: name?,
            slug: slug.map_or(Some(None), |slug| slug.map(Some))?,
            status: status?,
            idp: idp?,
            certificates: certificates?,
        })
    }

    fn idp(&mut self, start: usize, table: &DeTable<'_>, slug: Option<&TeamSlug>) -> Option<IdpSettings> {
        let entity_id = self.required(start, table, "idp_entity_id");
        let sso_url = self.required(start, table, "sso_url");
        let slo_url = self.string(table, "slo_url");
        let (At(entity_at, entity_id), At(sso_at, sso_url)) = (entity_id?, sso_url?);
        let (slo_at, slo_url) = slo_url.map_or((start, String::new()), |At(at, url)| (at, url));
        // a team without a slug has no addresses yet that could be confused with these
        let unknown = "unknown-team".parse().ok();
        let endpoints = self.services.settings.urls.endpoints(slug.or(unknown.as_ref())?);
        let policy =
            IdpPolicy { allow_http_loopback: self.services.settings.urls.is_local_http(), endpoints: &endpoints };
        match IdpSettings::check(&entity_id, &sso_url, &slo_url, &policy) {
            Ok(idp) => Some(idp),
            Err(problems) => {
                for (field, problem) in problems {
                    let at = match field {
                        model::connection::field::IDP_ENTITY_ID => entity_at,
                        model::connection::field::SSO_URL => sso_at,
                        _ => slo_at,
                    };
                    self.problem(at, &format!("{field}: {problem}"));
                }
                None
            }
        }
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
        read_certificates(&content, self.services.now()).unwrap_or_else(|problem: FieldProblem| {
            self.problem(at, &format!("certificates: {problem}"));
            Vec::new()
        })
    }

    fn required(&mut self, start: usize, table: &DeTable<'_>, key: &str) -> Option<At<String>> {
        if !table.contains_key(key) {
            self.problem(start, &format!("{key}: is missing"));
        }
        self.string(table, key)
    }

    fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<At<String>> {
        let value = table.get(key)?;
        let at = value.span().start;
        let Some(text) = value.get_ref().as_str() else {
            self.problem(at, &format!("{key}: is a text in quotes"));
            return None;
        };
        Some(At(at, text.to_owned()))
    }

    fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, key: &str, text: &At<String>) -> Option<T> {
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
struct Out<'a> {
    team: Vec<OutTeam<'a>>,
}

#[derive(Serialize)]
struct OutTeam<'a> {
    name: &'a str,
    slug: &'a str,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp_entity_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sso_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slo_url: Option<&'a str>,
    certificates: Vec<String>,
}

/// Writes teams as a team file, certificates inside as PEM.
pub fn write(teams: &[ExportTeam]) -> Result<String, toml::ser::Error> {
    let team = teams.iter().map(|team| OutTeam {
        name: &team.name,
        slug: team.slug.as_str(),
        status: team.status.as_str(),
        idp_entity_id: team.idp.as_ref().map(|idp| &*idp.entity_id),
        sso_url: team.idp.as_ref().map(|idp| &*idp.sso_url),
        slo_url: team.idp.as_ref().and_then(|idp| idp.slo_url.as_deref()),
        certificates: team.certificates.iter().map(SigningCertificate::to_pem).collect(),
    });
    toml::to_string_pretty(&Out { team: team.collect() })
}
