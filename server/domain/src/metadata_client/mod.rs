//! Fetches an identity provider's metadata from the address that an administrator gave.
//!
//! The administrator of a team thereby chooses where we connect to (SSRF), so (unless the configuration
//! allows private addresses, for a trial): https on its own port only; the name is resolved
//! once, every address it stands for must be public, and the connection goes to one of those
//! very addresses; nothing is followed, no proxy is asked, no cookie and no compressed answer
//! is taken; time and size are limited. Never part of a sign-in.
//!
//! A Login URL is looked at under the same rules.
//!
//! Answers disclose nothing about the portal's network: every connection failure gives the same error, after
//! the same time as a timeout.

mod public_address;

use std::error::Error as _;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use model::{Unreachable, metadata_url};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, HeaderValue, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use saml::metadata::METADATA_LIMIT;
use tokio::net::lookup_host;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
use url::{Host, Url};

use self::public_address::is_public;

/// From looking up the name to the last byte.
const TIME: Duration = Duration::from_secs(Unreachable::SECONDS);
/// How long a page is waited for once its server has answered.
const PAGE_TIME: Duration = Duration::from_secs(1);
/// How much of a page is looked at, in bytes.
const BEGINNING: usize = 16 << 10;
const ACCEPTED: HeaderValue = HeaderValue::from_static("application/samlmetadata+xml, application/xml, text/xml");
/// As a browser that signs in asks.
const PAGES: HeaderValue = HeaderValue::from_static("text/html, */*;q=0.8");
const USER_AGENT: &str = concat!("sso-portal/", env!("CARGO_PKG_VERSION"));

/// Says which addresses a name stands for.
pub(crate) trait NameLookup: Sync {
    /// All of them.
    fn lookup(&self, name: &str, port: u16) -> impl Future<Output = io::Result<Vec<SocketAddr>>> + Send;
}

/// Asks the operating system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemResolver;

impl NameLookup for SystemResolver {
    async fn lookup(&self, name: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(lookup_host((name, port)).await?.collect())
    }
}

/// What a server answers, whatever that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProbeResponse {
    /// HTTP status.
    pub(crate) status: u16,
    /// Where it leads to, if it does.
    pub(crate) location: Option<String>,
    /// How the page begins.
    pub(crate) beginning: Vec<u8>,
}

/// Why there is no metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FetchError {
    /// Whoever asked may know.
    Disclosed(Unreachable),
    /// For our log alone.
    Undisclosed(UndisclosedFetchError),
}

/// Why a server was not reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UndisclosedFetchError {
    HostNotFound,
    Private,
    Refused,
    TimedOut,
}

impl From<Unreachable> for FetchError {
    fn from(why: Unreachable) -> Self {
        Self::Disclosed(why)
    }
}

impl From<UndisclosedFetchError> for FetchError {
    fn from(why: UndisclosedFetchError) -> Self {
        Self::Undisclosed(why)
    }
}

/// Fetches metadata.
#[derive(Clone, Debug)]
pub(crate) struct MetadataClient<L = SystemResolver> {
    names: L,
    /// For all of it.
    time: Duration,
    allow_private_addresses: bool,
}

impl MetadataClient {
    pub(crate) const fn new(allow_private_addresses: bool) -> Self {
        Self { names: SystemResolver, time: TIME, allow_private_addresses }
    }
}

impl<L: NameLookup> MetadataClient<L> {
    /// What is at an address, as it came.
    pub(crate) async fn fetch(&self, url: &Url) -> Result<Vec<u8>, Unreachable> {
        self.within(self.time, url, self.get(url)).await
    }

    /// What answers at an address, within this time.
    pub(crate) async fn probe(&self, url: &Url, time: Duration) -> Result<ProbeResponse, Unreachable> {
        self.within(time, url, self.probed(url)).await
    }

    async fn within<T>(
        &self,
        time: Duration,
        url: &Url,
        asked: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, Unreachable> {
        let deadline = Instant::now() + time;
        let why = match timeout_at(deadline, asked).await.unwrap_or(Err(UndisclosedFetchError::TimedOut.into())) {
            Ok(answer) => return Ok(answer),
            Err(why) => why,
        };
        // only the host: an address may carry more than is anybody's business
        tracing::info!(host = url.host_str(), ?why, "an identity provider's address could not be fetched");
        match why {
            FetchError::Disclosed(why) => Err(why),
            FetchError::Undisclosed(_) => {
                if !self.allow_private_addresses {
                    sleep_until(deadline).await;
                }
                Err(Unreachable::NotReached)
            }
        }
    }

    async fn get(&self, url: &Url) -> Result<Vec<u8>, FetchError> {
        let response = self.request(url, ACCEPTED).await?;
        match response.status() {
            StatusCode::OK => body(response).await,
            status if status.is_redirection() => Err(Unreachable::Redirected.into()),
            status => Err(Unreachable::Status { status: status.as_u16() }.into()),
        }
    }

    async fn probed(&self, url: &Url) -> Result<ProbeResponse, FetchError> {
        let response = self.request(url, PAGES).await?;
        let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok()).map(str::to_owned);
        let status = response.status();
        let beginning = match status {
            // a page that comes slowly is an answer all the same
            StatusCode::OK => timeout(PAGE_TIME, beginning(response)).await.unwrap_or_default(),
            _ => Vec::new(),
        };
        Ok(ProbeResponse { status: status.as_u16(), location, beginning })
    }

    async fn request(&self, url: &Url, accepted: HeaderValue) -> Result<Response, FetchError> {
        metadata_url::may_fetch(url, self.allow_private_addresses).map_err(|_| Unreachable::NotAllowed)?;
        let addresses = self.require_public(url, self.resolve(url).await?)?;
        let client = client(addresses, self.time).map_err(|error| {
            tracing::error!(%error, "no client to fetch metadata with");
            FetchError::Disclosed(Unreachable::Failed)
        })?;
        client.get(url.clone()).header(ACCEPT, accepted).send().await.map_err(|error| fetch_error(&error))
    }

    /// A name that stands for one address of ours and one of somebody else's is refused as a
    /// whole.
    fn require_public(&self, url: &Url, addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, FetchError> {
        let public = addresses.iter().all(|address| is_public(address.ip()));
        match addresses.is_empty() {
            true => Err(UndisclosedFetchError::HostNotFound.into()),
            false if public || self.allow_private_addresses => Ok(addresses),
            // what an address in figures is, anybody can read
            false if url.domain().is_none() => Err(Unreachable::Private.into()),
            false => Err(UndisclosedFetchError::Private.into()),
        }
    }

    async fn resolve(&self, url: &Url) -> Result<Vec<SocketAddr>, FetchError> {
        let port = url.port_or_known_default().ok_or(Unreachable::NotAllowed)?;
        match url.host() {
            Some(Host::Domain(name)) => {
                self.names.lookup(name, port).await.map_err(|_| UndisclosedFetchError::HostNotFound.into())
            }
            Some(Host::Ipv4(address)) => Ok(vec![(address, port).into()]),
            Some(Host::Ipv6(address)) => Ok(vec![(address, port).into()]),
            None => Err(Unreachable::NotAllowed.into()),
        }
    }
}

/// Knows no names: whatever is asked for, these addresses were checked.
struct PinnedAddresses(Vec<SocketAddr>);

impl Resolve for PinnedAddresses {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

/// One a fetch: it can reach nothing but these addresses.
fn client(addresses: Vec<SocketAddr>, time: Duration) -> reqwest::Result<Client> {
    Client::builder()
        .user_agent(USER_AGENT)
        .dns_resolver(Arc::new(PinnedAddresses(addresses)))
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .http1_only()
        .pool_max_idle_per_host(0)
        .timeout(time)
        .build()
}

async fn body(mut response: Response) -> Result<Vec<u8>, FetchError> {
    let limit = METADATA_LIMIT;
    if response.content_length().is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit)) {
        return Err(Unreachable::TooLarge.into());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| fetch_error(&error))? {
        if body.len() + chunk.len() > limit {
            return Err(Unreachable::TooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What came of a page before it was long enough, or broke off.
async fn beginning(mut response: Response) -> Vec<u8> {
    let mut beginning = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        beginning.extend_from_slice(&chunk);
        if beginning.len() >= BEGINNING {
            break;
        }
    }
    beginning.truncate(BEGINNING);
    beginning
}

/// What an error of the connection means for who gave the address.
fn fetch_error(error: &reqwest::Error) -> FetchError {
    if error.is_timeout() {
        return UndisclosedFetchError::TimedOut.into();
    }
    let mut source = error.source();
    while let Some(cause) = source {
        match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
            Some(ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable) => {
                return UndisclosedFetchError::Refused.into();
            }
            Some(ErrorKind::TimedOut) => return UndisclosedFetchError::TimedOut.into(),
            Some(ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe) => {
                return Unreachable::BrokenOff.into();
            }
            _ => source = cause.source(),
        }
    }
    // a connection that was made, and then not because of TLS
    if error.is_connect() { Unreachable::NotVerified.into() } else { Unreachable::BrokenOff.into() }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    fn addresses(texts: &[&str]) -> Vec<SocketAddr> {
        texts.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 443)).collect()
    }

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn every_address_of_a_name_must_be_public() {
        let client = MetadataClient::new(false);
        let named = url("https://idp.example/metadata");
        let public = addresses(&["1.1.1.1", "2606:4700::1"]);
        assert_eq!(client.require_public(&named, public.clone()), Ok(public));
        for texts in [&["1.1.1.1", "127.0.0.1"][..], &["::1"], &["::ffff:1.1.1.1"], &["2606:4700::1", "fd00::1"]] {
            assert_eq!(
                client.require_public(&named, addresses(texts)),
                Err(UndisclosedFetchError::Private.into()),
                "{texts:?}"
            );
        }
        assert_eq!(client.require_public(&named, Vec::new()), Err(UndisclosedFetchError::HostNotFound.into()));
        assert!(MetadataClient::new(true).require_public(&named, addresses(&["127.0.0.1"])).is_ok());
    }

    #[tokio::test]
    async fn a_server_that_says_nothing_is_not_waited_for() {
        // the system accepts connections, nobody answers them
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = url(&format!("http://{}/metadata", silent.local_addr().unwrap()));
        let client = MetadataClient { time: Duration::from_millis(50), ..MetadataClient::new(true) };
        assert_eq!(client.fetch(&address).await, Err(Unreachable::NotReached));
    }

    /// Knows one name.
    struct Names(&'static str, Vec<SocketAddr>);

    impl NameLookup for Names {
        async fn lookup(&self, name: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
            if name == self.0 { Ok(self.1.clone()) } else { Err(ErrorKind::NotFound.into()) }
        }
    }

    fn knowing(name: &'static str, addresses: Vec<SocketAddr>, allow_private_addresses: bool) -> MetadataClient<Names> {
        MetadataClient { names: Names(name, addresses), time: TIME, allow_private_addresses }
    }

    #[tokio::test]
    async fn internal_names_are_indistinguishable_from_others() {
        let inside = addresses(&["10.0.0.1"]);
        for (known, asked) in [
            ("db.internal", "https://db.internal/metadata"),
            ("db.internal", "https://unknown.internal/metadata"),
            ("localhost", "https://localhost/metadata"),
        ] {
            let time = Duration::from_millis(50);
            let client = MetadataClient { time, ..knowing(known, inside.clone(), false) };
            let before = Instant::now();
            assert_eq!(client.fetch(&url(asked)).await, Err(Unreachable::NotReached), "{asked}");
            assert!(before.elapsed() >= time, "as late as a server that does not answer: {asked}");
        }
    }

    #[tokio::test]
    async fn a_name_leads_to_the_addresses_that_were_checked_or_nowhere() {
        let fetch = async |client: MetadataClient<Names>, text: &str| client.get(&url(text)).await;
        let client = knowing("idp.example", addresses(&["1.1.1.1", "10.0.0.1"]), false);
        assert_eq!(fetch(client, "https://idp.example/metadata").await, Err(UndisclosedFetchError::Private.into()));
        let client = knowing("idp.example", addresses(&["1.1.1.1"]), false);
        assert_eq!(
            fetch(client, "https://idp.invalid/metadata").await,
            Err(UndisclosedFetchError::HostNotFound.into())
        );

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let answer = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            assert_ne!(stream.read(&mut [0; 1024]).await.unwrap(), 0, "a request");
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").await.unwrap();
            stream
        };
        let text = format!("http://idp.example:{}/metadata", address.port());
        let (content, _stream) = tokio::join!(fetch(knowing("idp.example", vec![address], true), &text), answer);
        assert_eq!(content, Ok(b"hi".to_vec()));
    }

    #[tokio::test]
    async fn non_public_addresses_are_not_connected_to() {
        let client = MetadataClient::new(false);
        for (text, why) in [
            ("http://1.1.1.1/metadata", Unreachable::NotAllowed),
            ("https://1.1.1.1:8443/metadata", Unreachable::NotAllowed),
            ("https://user@1.1.1.1/metadata", Unreachable::NotAllowed),
            ("https://127.0.0.1/metadata", Unreachable::Private),
            ("https://2130706433/metadata", Unreachable::Private),
            ("https://0x7f.1/metadata", Unreachable::Private),
            ("https://[::1]/metadata", Unreachable::Private),
            ("https://[::ffff:7f00:1]/metadata", Unreachable::Private),
            ("https://169.254.169.254/latest/meta-data", Unreachable::Private),
        ] {
            assert_eq!(client.fetch(&url(text)).await, Err(why), "{text}");
        }
    }
}
