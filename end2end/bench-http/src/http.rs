//! A small HTTP/1.1 client: prepared bytes out, an answer in. It knows what the measured
//! servers send and nothing more, so that it costs little beside them.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// No answer that is measured is longer.
const LONGEST: usize = 1024 * 1024;

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    head: String,
    /// The body; chunks are left as they came.
    pub body: String,
}

impl Answer {
    /// The first header of that name.
    #[must_use]
    pub fn header<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.headers(name).next()
    }

    /// Every header of that name.
    pub fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let pairs = self.head.lines().filter_map(|line| line.split_once(':'));
        pairs.filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The value of a cookie that the answer sets.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.headers("set-cookie").find_map(|cookie| {
            let (key, value) = cookie.split(';').next()?.split_once('=')?;
            (key == name && !value.is_empty()).then_some(value)
        })
    }

    /// Where it redirects to.
    pub fn location(&self) -> Result<&str> {
        let location = self.header("location").filter(|_| matches!(self.status, 302 | 303));
        location.with_context(|| format!("no redirect: {}", self.summary()))
    }

    /// As much as an error message can hold.
    #[must_use]
    pub fn summary(&self) -> String {
        let body: String = self.body.chars().take(400).collect();
        format!("{}{}\n{body}", self.status, self.head.split_once("\r\n").map_or("", |(_, headers)| headers))
    }
}

/// A connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Opens one.
    pub async fn open(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).await.with_context(|| format!("cannot connect to {to}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a request and waits for the answer.
    pub async fn send(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        let head_end = self.read_until(|buffer| find(buffer, b"\r\n\r\n")).await?;
        let head = String::from_utf8_lossy(self.buffer.get(..head_end).unwrap_or_default()).into_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status")?;
        let mut answer = Answer { status, head, body: String::new() };
        let from = head_end + 4;
        let end = if answer.header("transfer-encoding").is_some() {
            self.read_until(|buffer| find(buffer.get(from..)?, b"0\r\n\r\n").map(|at| from + at + 5)).await?
        } else {
            let length: usize = answer.header("content-length").map_or(Ok(0), str::parse)?;
            self.read_until(|buffer| (buffer.len() >= from + length).then_some(from + length)).await?
        };
        answer.body = String::from_utf8_lossy(self.buffer.get(from..end).unwrap_or_default()).into_owned();
        self.buffer.drain(..end);
        Ok(answer)
    }

    /// Reads on until that is found in what was read.
    async fn read_until(&mut self, found: impl Fn(&[u8]) -> Option<usize>) -> Result<usize> {
        loop {
            if let Some(at) = found(&self.buffer) {
                return Ok(at);
            }
            if self.buffer.len() > LONGEST {
                bail!("the answer has no end");
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server closed the connection");
            }
        }
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// A request without a body.
#[must_use]
pub fn get(path: &str, host: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n").into_bytes()
}

/// A posted form.
#[must_use]
pub fn post(path: &str, host: &str, headers: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let length = form.len();
    let kind = "Content-Type: application/x-www-form-urlencoded";
    format!("POST {path} HTTP/1.1\r\nHost: {host}\r\n{headers}{kind}\r\nContent-Length: {length}\r\n\r\n{form}")
        .into_bytes()
}

/// Path and query of an address, which is all that a request line names of it.
pub fn path_of(address: &str) -> Result<String> {
    let url = url::Url::parse(address).with_context(|| format!("no address: {address}"))?;
    Ok(url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())))
}
