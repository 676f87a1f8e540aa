//! The least that talks HTTP to a program that may die in the middle of an answer.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::http::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::form_urlencoded;

/// A browser with its cookies, at an address of its own.
#[derive(Clone)]
pub struct Visitor {
    ip: String,
    cookies: BTreeMap<String, String>,
}

/// An answer whose head came whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Answer {
    /// The path that it leads to, whatever the host.
    pub fn path(&self) -> String {
        let after_scheme = self.location.split_once("://").map_or(&*self.location, |(_, rest)| rest);
        after_scheme[after_scheme.find('/').unwrap()..].to_owned()
    }
}

impl Visitor {
    pub fn new(number: usize) -> Self {
        Self { ip: format!("10.{number}.0.1"), cookies: BTreeMap::new() }
    }

    /// `None` if the program died.
    pub async fn get(&mut self, to: SocketAddr, path: &str) -> Option<Answer> {
        self.send(to, &format!("GET {path} HTTP/1.1\r\n"), "").await
    }

    /// `None` if the program died.
    pub async fn post(&mut self, to: SocketAddr, path: &str, form: &[(&str, &str)]) -> Option<Answer> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let head = format!(
            "POST {path} HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n",
            body.len()
        );
        self.send(to, &head, &body).await
    }

    async fn send(&mut self, to: SocketAddr, head: &str, body: &str) -> Option<Answer> {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{head}host: localhost:3000\r\nconnection: close\r\nx-forwarded-for: {}\r\ncookie: {}\r\n\r\n{body}",
            self.ip,
            cookies.join("; ")
        );
        let mut stream = TcpStream::connect(to).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        // what came before the connection broke may be a whole head
        let _ = stream.read_to_end(&mut answer).await;
        self.read(&String::from_utf8_lossy(&answer))
    }

    fn read(&mut self, answer: &str) -> Option<Answer> {
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let mut location = String::new();
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            match name {
                "location" => value.clone_into(&mut location),
                "set-cookie" => {
                    let (name, value) = value.split(';').next()?.split_once('=')?;
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        Some(Answer { status, location, body: body.to_owned() })
    }
}
