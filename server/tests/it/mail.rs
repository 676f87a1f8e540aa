//! Mail: to a real SMTP server (npm's smtp-server, a process of its own) with STARTTLS and a
//! user, to one that is down and comes back, and what becomes of mail that never arrives.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::mail::{Transport, deliver_due};
use model::SupportRole;
use serde_json::Value;
use server::config::Config;
use store::on_both_databases;
use store::testing::DatabaseKind;
use tokio::net::TcpSocket;

use crate::harness::{Portal, html, link};

on_both_databases!(
    a_mail_arrives_encrypted_and_by_a_known_user,
    a_server_that_was_down_gets_every_mail_once,
    nothing_is_sent_in_the_clear_or_to_a_stranger,
    a_mail_that_never_arrives_is_shown_to_support,
    queued_mail_is_sealed_and_resealed_at_rotation,
);

/// A certificate for localhost, in a folder of its own.
struct Keys(tempfile::TempDir);

impl Keys {
    fn new() -> Self {
        let keys = Self(tempfile::tempdir().unwrap());
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
            .args(["-addext", "subjectAltName=DNS:localhost", "-keyout"])
            .arg(keys.key())
            .arg("-out")
            .arg(keys.certificate())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(made.success());
        keys
    }

    fn key(&self) -> PathBuf {
        self.0.path().join("key.pem")
    }

    fn certificate(&self) -> PathBuf {
        self.0.path().join("certificate.pem")
    }
}

/// The server's process.
struct SmtpServer {
    process: Child,
    port: u16,
    mails: Arc<Mutex<Vec<Value>>>,
}

impl SmtpServer {
    fn start(keys: &Keys, flags: &[&str]) -> Self {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/support/smtp-server.mjs");
        let mut process = Command::new("node")
            .arg(program)
            .args([keys.certificate(), keys.key()])
            .args(["portal", "s3cret"])
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        // it needs the npm packages of end2end/, which script/bootstrap installs
        let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let port = first["port"].as_u64().unwrap().try_into().unwrap();
        let mails: Arc<Mutex<Vec<Value>>> = Arc::default();
        let seen = mails.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                seen.lock().unwrap().push(serde_json::from_str(&line).unwrap());
            }
        });
        Self { process, port, mails }
    }

    /// What it accepted, once there is so much.
    async fn mails(&self, count: usize) -> Vec<Value> {
        let started = Instant::now();
        loop {
            let mails = self.mails.lock().unwrap().clone();
            if mails.len() >= count || started.elapsed() > Duration::from_secs(10) {
                return mails;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An address that refuses connections for as long as this is kept: the port is taken, and
/// nobody listens there.
pub fn closed_port() -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    socket
}

/// The way to that server, as the configuration describes it.
fn transport(server: &SmtpServer, ca: Option<&Path>, query: &str) -> Transport {
    transport_to(&format!("localhost:{}", server.port), ca, query)
}

fn transport_to(address: &str, ca: Option<&Path>, query: &str) -> Transport {
    let ca = ca.map(|file| format!("smtp_ca_file = \"{}\"\n", file.display())).unwrap_or_default();
    let text = format!("[mail]\nsmtp_url = \"smtp://portal:s3cret@{address}{query}\"\n{ca}");
    let config = Config::from_toml(&text).unwrap();
    server::worker::transport(&config.mail, &config.data_dir).unwrap()
}

async fn deliver(portal: &Portal, transport: &Transport) -> usize {
    let from = "Portal <portal@example.com>".parse().unwrap();
    deliver_due(&portal.services, transport, &from).await.unwrap()
}

async fn sign_up(portal: &Portal, email: &str) {
    let answer = portal.browser().post("/api/accounts/sign_up", &[("email", email)]).await;
    assert_eq!(answer.location(), "/signup/check-email");
}

async fn a_mail_arrives_encrypted_and_by_a_known_user(kind: DatabaseKind) {
    let keys = Keys::new();
    let server = SmtpServer::start(&keys, &[]);
    let portal = Portal::start(kind).await;
    sign_up(&portal, "ada@contoso.com").await;
    let way = transport(&server, Some(&keys.certificate()), "?tls=required");
    assert_eq!(deliver(&portal, &way).await, 1);
    let mails = server.mails(1).await;
    let mail = &mails[0];
    assert_eq!((&mail["secure"], &mail["user"]), (&true.into(), &"portal".into()));
    assert_eq!((&mail["from"], &mail["to"][0]), (&"portal@example.com".into(), &"ada@contoso.com".into()));
    let message = mail["message"].as_str().unwrap();
    assert!(message.contains("Subject: Confirm your e-mail address"), "{message}");
    assert!(message.contains("Content-Type: text/plain") && message.contains("Content-Type: text/html"), "{message}");

    // the operator's own try, with the program itself
    let folder = tempfile::tempdir().unwrap();
    let run = |address: &str| {
        Command::new(env!("CARGO_BIN_EXE_portal"))
            .args(["mail", "test", address])
            .current_dir(folder.path())
            .env_clear()
            .env("PORTAL_MAIL__SMTP_URL", format!("smtp://portal:s3cret@localhost:{}?tls=required", server.port))
            .env("PORTAL_MAIL__SMTP_CA_FILE", keys.certificate())
            .output()
            .unwrap()
    };
    let output = run("ops@krisp.example");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(server.mails(2).await[1]["to"][0], "ops@krisp.example");
    let refused = run("not an address");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("was not sent"), "{refused:?}");
}

async fn a_server_that_was_down_gets_every_mail_once(kind: DatabaseKind) {
    let (keys, closed) = (Keys::new(), closed_port());
    let portal = Portal::start(kind).await;
    let replica = portal.replica().await;
    let down = transport_to(&closed.local_addr().unwrap().to_string(), Some(&keys.certificate()), "?tls=required");
    for email in ["a@contoso.com", "b@contoso.com", "c@contoso.com"] {
        sign_up(&portal, email).await;
    }
    assert_eq!(deliver(&portal, &down).await, 0, "nobody listens");

    let server = SmtpServer::start(&keys, &[]);
    let way = transport(&server, Some(&keys.certificate()), "?tls=required");
    assert_eq!(deliver(&portal, &way).await, 0, "not tried again at once");
    portal.pass(TimeDelta::minutes(2));
    let from: lettre::message::Mailbox = "Portal <portal@example.com>".parse().unwrap();
    let (here, there) =
        tokio::join!(deliver(&portal, &way), async { deliver_due(&replica.services, &way, &from).await.unwrap() });
    assert_eq!(here + there, 3);
    portal.pass(TimeDelta::hours(12));
    assert_eq!(deliver(&portal, &way).await, 0, "none twice");
    let mut to: Vec<_> = server.mails(3).await.iter().map(|mail| mail["to"][0].as_str().unwrap().to_owned()).collect();
    to.sort();
    assert_eq!(to, ["a@contoso.com", "b@contoso.com", "c@contoso.com"]);
}

async fn nothing_is_sent_in_the_clear_or_to_a_stranger(kind: DatabaseKind) {
    let keys = Keys::new();
    let portal = Portal::start(kind).await;
    sign_up(&portal, "ada@contoso.com").await;
    let plain = SmtpServer::start(&keys, &["--no-tls"]);
    let way = transport(&plain, Some(&keys.certificate()), "?tls=required");
    assert_eq!(deliver(&portal, &way).await, 0, "STARTTLS is required and not offered");
    assert!(plain.mails.lock().unwrap().is_empty());
    let encrypted = SmtpServer::start(&keys, &[]);
    portal.pass(TimeDelta::minutes(2));
    let trusting_nobody = transport(&encrypted, None, "?tls=required");
    assert_eq!(deliver(&portal, &trusting_nobody).await, 0, "a certificate nobody vouches for");
    portal.pass(TimeDelta::minutes(4));
    let way = transport(&encrypted, Some(&keys.certificate()), "?tls=required");
    assert_eq!(deliver(&portal, &way).await, 1);
    assert_eq!(encrypted.mails(1).await.len(), 1);
    let clear = Config::from_toml("[mail]\nsmtp_url = \"smtp://me:hunter2@mail.example.com\"").unwrap_err();
    assert!(clear.to_string().contains("in the clear"), "{clear}");
}

async fn a_mail_that_never_arrives_is_shown_to_support(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut support = portal.signed_in("root@krisp.example", Some(SupportRole::Reviewer)).await;
    assert!(support.get("/support/mail").await.body.contains("Every mail was delivered"));
    for email in ["gone@contoso.com", "lost@contoso.com"] {
        sign_up(&portal, email).await;
    }
    let closed = closed_port();
    let nowhere = transport_to(&format!("localhost:{}", closed.local_addr().unwrap().port()), None, "");
    for _ in 0..20 {
        assert_eq!(deliver(&portal, &nowhere).await, 0);
        portal.pass(TimeDelta::hours(8));
    }
    let mut support = portal.signed_in("again@krisp.example", Some(SupportRole::Reviewer)).await;
    assert!(support.get("/support").await.body.contains("2 mails could not be delivered"));
    let page = support.get("/support/mail").await.body;
    assert!(page.contains("gone@contoso.com") && page.contains("<td data-label=\"Tries\">16"), "{page}");
    assert!(page.contains("the mail server was not reached"), "{page}");
    assert!(!page.contains("token="), "what it says stays sealed");
    assert!(portal.mail().await.is_empty(), "not tried any more");

    let id = |email: &str| html::field_in_row(&page, email, "id").unwrap();
    for (action, email, said) in [("retry", "gone@", "is tried again"), ("discard", "lost@", "was discarded")] {
        let answer = support.post(&format!("/api/dead_letters/{action}"), &[("id", &id(email))]).await;
        let next = support.get(answer.location()).await.body;
        assert!(html::text(&next, "[role=status]").is_some_and(|notice| notice.contains(said)), "{action}: {next}");
    }
    let mail = portal.mail().await;
    assert_eq!(mail.iter().map(|mail| mail.recipient.as_str()).collect::<Vec<_>>(), ["gone@contoso.com"]);
    assert!(link(&mail[0]).contains("token="));
    assert!(support.get("/support/mail").await.body.contains("Every mail was delivered"));
    let mut member = portal.signed_in("ada@contoso.com", None).await;
    assert_eq!(member.get("/support/mail").await.status, StatusCode::NOT_FOUND);
}

async fn queued_mail_is_sealed_and_resealed_at_rotation(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    sign_up(&portal, "ada@contoso.com").await;
    let new = domain::sealed::SecretKey::generate("new", &domain::clock::OsRandom);
    let keys = vec![new.parse().unwrap(), crate::harness::SECRET_KEY.parse().unwrap()];
    let rotated = portal.replica_with(domain::sealed::KeyRing::new(keys).unwrap()).await;
    let operator = domain::Actor::operator();
    assert_eq!(domain::key_rotation::reseal(&rotated.services, &operator).await.unwrap(), 1);
    assert_eq!(domain::key_rotation::reseal(&rotated.services, &operator).await.unwrap(), 0, "nothing is left to do");

    let alone = domain::sealed::KeyRing::new(vec![new.parse().unwrap()]).unwrap();
    let without_old = portal.replica_with(alone).await;
    let sent = Arc::default();
    let from = "Portal <portal@example.com>".parse().unwrap();
    let way = Transport::Memory(Arc::clone(&sent));
    assert_eq!(deliver_due(&without_old.services, &way, &from).await.unwrap(), 1);
    assert!(link(&sent.lock().unwrap()[0]).contains("token="));
}
