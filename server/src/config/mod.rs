//! The configuration: one TOML file, then the environment on top. Every key has a default
//! that works on localhost; every problem is found at start and all are listed at once.
//!
//! `docs/configuration.md` describes each key for the operator.

mod brand;
mod reader;
mod secret_keys;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;
use domain::DbOptions;
use domain::clock::Random;
use domain::sealed::KeyRing;
use domain::settings::{GoLive, Retention, SamlPolicy, SecondFactor, SecondOpinion, Settings, SignUp, ValidityPolicy};
use domain::urls::PublicUrls;
use figment::Figment;
use figment::providers::{Env, Format as _, Toml};
use lettre::message::Mailbox;
use url::Url;

use reader::ConfigReader;
pub use reader::Problem;
pub use secret_keys::SecretKeyError;

/// The whole configuration, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The database.
    pub database_url: String,
    /// How many connections to it there are at most, and how long anybody waits for one.
    pub database: DbOptions,
    /// Where what belongs to this machine is kept: SQLite, mail without SMTP.
    pub data_dir: PathBuf,
    /// Where the built style and scripts are; found beside the program otherwise.
    pub site_root: Option<PathBuf>,
    /// A header in which a proxy in front of us names the client, such as `x-forwarded-for`.
    pub client_ip_header: Option<axum::http::HeaderName>,
    /// What the domain needs.
    pub settings: Settings,
    /// The configured keys that seal secrets; [`Config::key_ring`] answers without any, too.
    pub secret_keys: Option<KeyRing>,
    /// Mail.
    pub mail: MailConfig,
    /// Logs.
    pub log: LogConfig,
    /// Every key with its effective value, secrets masked.
    pub effective_values: Vec<(String, String)>,
}

/// How mail is sent.
#[derive(Clone)]
pub struct MailConfig {
    /// Who it comes from.
    pub from: Mailbox,
    /// The SMTP server with its credentials; without one, mail goes to [`mail_folder`].
    pub smtp_url: Option<String>,
    /// A certificate authority of one's own, in PEM, that the SMTP server's certificate may
    /// come from.
    pub smtp_ca_file: Option<PathBuf>,
}

impl std::fmt::Debug for MailConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailConfig").field("from", &self.from).finish_non_exhaustive()
    }
}

/// How logs are written.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// Which messages: a `tracing` filter, such as `info` or `info,domain=debug`.
    pub filter: String,
    /// One JSON object a line instead of text.
    pub json: bool,
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read or is no TOML.
    #[error("the configuration cannot be read: {0}")]
    Unreadable(#[from] Box<figment::Error>),
    /// The file that was named does not exist.
    #[error("there is no configuration file {0}")]
    NoFile(PathBuf),
    /// Keys that are unknown or hold what they cannot.
    #[error("{}", problem_list(.0))]
    Problems(Vec<Problem>),
}

fn problem_list(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(|problem| format!("\n  {}: {}", problem.key, problem.message)).collect();
    format!("the configuration has {} problem(s):{}", problems.len(), lines.concat())
}

impl Config {
    /// Reads the file that `PORTAL_CONFIG` or the command line names, else `portal.toml` if
    /// it is there, and the environment.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        if let Some(file) = file.filter(|file| !file.is_file()) {
            return Err(ConfigError::NoFile(file.to_owned()));
        }
        let file = file.unwrap_or_else(|| Path::new("portal.toml"));
        let from_file = if file.is_file() { Figment::from(Toml::file_exact(file)) } else { Figment::new() };
        let figment = from_file
            .merge(Env::prefixed("PORTAL_").split("__").ignore(&["config"]))
            .merge(Env::raw().only(&["DATABASE_URL"]));
        let table = figment.extract::<toml::Table>().map_err(Box::new)?;
        Self::from_table(table)
    }

    /// From the text of a file alone, without the environment: for tests.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        let table = Figment::from(Toml::string(text)).extract::<toml::Table>().map_err(Box::new)?;
        Self::from_table(table)
    }

    /// The keys that seal secrets: the configured ones, else the key that a trial on
    /// localhost keeps in the data folder.
    pub fn key_ring(&self, random: &dyn Random) -> Result<KeyRing, SecretKeyError> {
        match &self.secret_keys {
            Some(key_ring) => Ok(key_ring.clone()),
            None => secret_keys::load_development_key(&self.data_dir, random),
        }
    }

    fn from_table(table: toml::Table) -> Result<Self, ConfigError> {
        let mut reader = ConfigReader::new(table);
        let data_dir: PathBuf = reader.parsed("data_dir", "data", "a folder");
        let default_database = format!("sqlite://{}?mode=rwc", data_dir.join("portal.db").display());
        let database_url = reader.secret_or("database_url", &default_database, check_database_url);
        let database = database_options(&mut reader, &database_url);
        let smtp_url = reader.secret("mail.smtp_url", check_smtp_url);
        let settings = settings(&mut reader, smtp_url.is_none().then(|| mail_folder(&data_dir)));
        let secret_keys = secret_keys::read_configured(&mut reader, settings.urls.is_local_http());
        let config = Self {
            listen: reader.parsed("listen", "127.0.0.1:3000", "an address and port, such as 127.0.0.1:3000"),
            database_url,
            database,
            data_dir,
            site_root: reader.optional("site_root", "a folder"),
            client_ip_header: reader.optional("client_ip_header", "a header's name, such as x-forwarded-for"),
            settings,
            secret_keys,
            mail: MailConfig {
                from: reader.parsed(
                    "mail.from",
                    "Krisp Technologies <no-reply@krisp.ai>",
                    "a mailbox, such as Example <no-reply@example.com>",
                ),
                smtp_url,
                smtp_ca_file: reader.optional("mail.smtp_ca_file", "a file"),
            },
            log: LogConfig {
                filter: reader.text("log.filter", "info"),
                json: reader.choice("log.format", &[("text", false), ("json", true)]),
            },
            effective_values: Vec::new(),
        };
        let (effective_values, problems) = reader.finish();
        if problems.is_empty() { Ok(Self { effective_values, ..config }) } else { Err(ConfigError::Problems(problems)) }
    }
}

/// Where mail without an SMTP server goes.
#[must_use]
pub fn mail_folder(data_dir: &Path) -> PathBuf {
    data_dir.join("mail")
}

fn settings(reader: &mut ConfigReader, mail_to_folder: Option<PathBuf>) -> Settings {
    let account = base_url(reader, "account_url");
    let api = base_url(reader, "api_url");
    if account.scheme() != api.scheme() {
        reader.problem("api_url", "must begin with the same https:// or http:// as account_url");
    }
    let return_to: Vec<Url> = reader.list("return_to", "addresses, such as [\"https://app.example.com\"]");
    let logo = brand::logo(reader);
    Settings {
        brand: brand::brand(reader, logo.as_ref()),
        logo: logo.map(Arc::new),
        urls: PublicUrls::new(account, api, &return_to),
        go_live: reader
            .choice("go_live", &[("review", GoLive::Review), ("after_successful_test", GoLive::AfterSuccessfulTest)]),
        review_target: TimeDelta::hours(reader.number("review.target_hours", 24, 1..=720)),
        sign_up: reader.choice("sign_up", &[("open", SignUp::Open), ("invite_only", SignUp::InviteOnly)]),
        session_lifetime: TimeDelta::hours(reader.number("session.lifetime_hours", 12, 1..=720)),
        session_idle: TimeDelta::minutes(reader.number("session.idle_minutes", 60, 5..=43_200)),
        reauthentication_lifetime: TimeDelta::minutes(reader.number("session.reauthentication_minutes", 15, 1..=720)),
        person_session_lifetime: TimeDelta::hours(reader.number("session.person_hours", 12, 1..=720)),
        second_factor: reader
            .choice("second_factor", &[("support", SecondFactor::Support), ("everyone", SecondFactor::Everyone)]),
        saml: saml_policy(reader),
        retention: Retention {
            attempts: TimeDelta::days(reader.number("attempts.keep_days", 90, 1..=3_650)),
            xml: TimeDelta::days(reader.number("attempts.keep_xml_days", 14, 0..=365)),
            people: people_retention(reader),
        },
        polis_compatible: reader.choice("openid.polis_compatible", &[("false", false), ("true", true)]),
        allow_private_addresses: reader.choice("metadata.allow_private_addresses", &[("false", false), ("true", true)]),
        mail_to_folder,
    }
}

/// `0`, the default, keeps people for ever.
fn people_retention(reader: &mut ConfigReader) -> Option<TimeDelta> {
    let days = reader.number("people.keep_days", 0, 0..=3_650);
    (days > 0).then(|| TimeDelta::days(days))
}

fn saml_policy(reader: &mut ConfigReader) -> SamlPolicy {
    let validities = [("false", ValidityPolicy::Enforced), ("true", ValidityPolicy::Ignored)];
    SamlPolicy {
        clock_skew: TimeDelta::seconds(reader.number("saml.clock_skew_seconds", 180, 0..=300)),
        validity: reader.choice("saml.accept_expired_certificates", &validities),
        second_opinion: reader.one_of(
            "saml.second_opinion",
            ("tests", SecondOpinion::Tests),
            &[("always", SecondOpinion::Always), ("never", SecondOpinion::Never)],
        ),
    }
}

/// A public base URL: https, or http on this machine only; a host and nothing after it.
fn base_url(reader: &mut ConfigReader, key: &str) -> Url {
    let url: Url = reader.parsed(key, "http://localhost:3000", "an address, such as https://account.example.com");
    let loopback = model::host::is_loopback(&url);
    if !(url.scheme() == "https" || (url.scheme() == "http" && loopback)) {
        reader.problem(key, "must begin with https:// (http:// only on localhost)");
    } else if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        reader.problem(key, "must end after the host and port: pages are served from the root");
    }
    url
}

fn database_options(reader: &mut ConfigReader, url: &str) -> DbOptions {
    let defaults = DbOptions::for_url(url);
    let max = reader.number("database.max_connections", defaults.max_connections.into(), 1..=1_000);
    DbOptions { max_connections: u32::try_from(max).unwrap_or(defaults.max_connections), ..defaults }
}

fn check_database_url(text: &str) -> Result<(), &'static str> {
    let known = ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| text.starts_with(scheme));
    if known { Ok(()) } else { Err("must begin with sqlite: or postgres:") }
}

fn check_smtp_url(text: &str) -> Result<(), &'static str> {
    const MESSAGE: &str = "must be an SMTP address, such as smtps://user:password@mail.example.com";
    if lettre::AsyncSmtpTransport::<lettre::Tokio1Executor>::from_url(text).is_err() {
        return Err(MESSAGE);
    }
    let url: Url = text.parse().map_err(|_| MESSAGE)?;
    let secret = url.password().is_some() && SmtpTls::of(&url) == SmtpTls::Never;
    if secret && !model::host::is_loopback(&url) {
        return Err("would send the password in the clear: begin it with smtps://, or add ?tls=required");
    }
    Ok(())
}

/// How the connection to the SMTP server is encrypted, by its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// From the first byte: `smtps://`.
    Always,
    /// By STARTTLS, or nothing is sent: `smtp://…?tls=required`.
    Required,
    /// By STARTTLS if the server offers it: `?tls=opportunistic`.
    IfOffered,
    /// Not at all.
    Never,
}

impl SmtpTls {
    /// What the address says; it must be one that lettre accepts.
    #[must_use]
    pub fn of(url: &Url) -> Self {
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        match (url.scheme(), tls.as_deref()) {
            ("smtps", _) => Self::Always,
            (_, Some("required")) => Self::Required,
            (_, Some("opportunistic")) => Self::IfOffered,
            _ => Self::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_configured_works_on_localhost() {
        let config = Config::from_toml("").unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(config.database_url, "sqlite://data/portal.db?mode=rwc");
        assert_eq!(config.database.max_connections, 4);
        assert!(config.settings.urls.is_local_http());
    }

    #[test]
    fn every_problem_is_listed_at_once_by_its_key() {
        let error = Config::from_toml(
            "listen = \"nowhere\"\naccount_url = \"http://account.krisp.ai\"\ndatabase_url = \"mysql://x\"\n\
             secret_keys = [\"a:AAAA\"]\ncolour = \"red\"\n[brand]\naccent = \"red\"\n[mail]\nsmtp_url = \"ftp://x\"\n[session]\nidle_minutes = 1\n",
        )
        .unwrap_err();
        let ConfigError::Problems(problems) = error else { panic!("{error}") };
        let mut keys: Vec<_> = problems.iter().map(|problem| problem.key.as_str()).collect();
        keys.sort_unstable();
        assert_eq!(
            keys,
            [
                "account_url",
                "brand.accent",
                "colour",
                "database_url",
                "listen",
                "mail.smtp_url",
                "secret_keys",
                "session.idle_minutes"
            ]
        );
    }

    #[test]
    fn the_second_opinion_is_one_of_three_words() {
        let of = |words: &str| Config::from_toml(words).map(|config| config.settings.saml.second_opinion);
        assert_eq!(of("").unwrap(), SecondOpinion::Tests);
        assert_eq!(of("[saml]\nsecond_opinion = \"always\"").unwrap(), SecondOpinion::Always);
        assert_eq!(of("[saml]\nsecond_opinion = \"never\"").unwrap(), SecondOpinion::Never);
        for old in ["true", "false", "\"true\""] {
            let error = of(&format!("[saml]\nsecond_opinion = {old}")).unwrap_err().to_string();
            assert!(error.contains("saml.second_opinion: must be tests or always or never"), "{error}");
        }
    }

    #[test]
    fn people_are_kept_unless_a_number_of_days_is_said() {
        let of = |words: &str| Config::from_toml(words).map(|config| config.settings.retention.people);
        assert_eq!(of("").unwrap(), None);
        assert_eq!(of("[people]\nkeep_days = 400").unwrap(), Some(TimeDelta::days(400)));
        assert!(of("[people]\nkeep_days = -1").is_err());
    }

    #[test]
    fn a_team_waits_a_day_for_its_review_unless_hours_are_said() {
        let of = |words: &str| Config::from_toml(words).map(|config| config.settings.review_target);
        assert_eq!(of("").unwrap(), TimeDelta::hours(24));
        assert_eq!(of("[review]\ntarget_hours = 4").unwrap(), TimeDelta::hours(4));
        assert!(of("[review]\ntarget_hours = 0").is_err());
    }

    #[test]
    fn nine_replicas_fit_into_the_default_of_postgresql() {
        let of = |more: &str| Config::from_toml(&format!("database_url = \"postgres://db/portal\"\n{more}"));
        assert!(of("").unwrap().database.max_connections * 9 < 97);
        assert_eq!(of("[database]\nmax_connections = 30").unwrap().database.max_connections, 30);
        let error = of("[database]\nmax_connections = 0").unwrap_err().to_string();
        assert!(error.contains("database.max_connections"), "{error}");
    }

    #[test]
    fn without_keys_only_a_trial_starts() {
        let error =
            Config::from_toml("account_url = \"https://a.example\"\napi_url = \"https://b.example\"").unwrap_err();
        assert!(error.to_string().contains("secret_keys: is needed"), "{error}");
        assert!(Config::from_toml("account_url = \"http://localhost:3000\"").unwrap().secret_keys.is_none());
    }

    #[test]
    fn secrets_are_masked_wherever_the_configuration_is_shown() {
        let config = Config::from_toml(
            "database_url = \"postgres://portal:hunter2@db/portal\"\n[mail]\nsmtp_url = \"smtps://me:hunter2@mail\"",
        )
        .unwrap();
        assert!(!format!("{:?} {:?}", config.effective_values, config.mail).contains("hunter2"));
        assert!(
            config.effective_values.contains(&("mail.smtp_url".into(), "(secret)".into())),
            "{:?}",
            config.effective_values
        );
    }
}
