//! Names of browsers, read from `User-Agent` headers.

use messages::Text as _;
use model::audit::BrowserName;
use woothee::parser::Parser;

/// The name of the browser with this `User-Agent`, such as "Firefox on Windows".
#[must_use]
pub fn browser_name(user_agent: Option<&str>) -> String {
    recognise(user_agent).text()
}

/// What the browser with this `User-Agent` is.
#[must_use]
pub fn recognise(user_agent: Option<&str>) -> BrowserName {
    let found = user_agent.and_then(|agent| Parser::new().parse(agent));
    let (browser, system) = found.map_or((None, None), |found| (unless_unknown(found.name), system_name(found.os)));
    BrowserName { browser: browser.map(str::to_owned), system: system.map(str::to_owned) }
}

fn unless_unknown(name: &str) -> Option<&str> {
    (!name.is_empty() && name != "UNKNOWN").then_some(name)
}

/// The operating system without its version, which browsers no longer report truthfully.
fn system_name(name: &str) -> Option<&str> {
    match name {
        "Mac OSX" => Some("macOS"),
        name if name.starts_with("Windows") && !name.starts_with("Windows Phone") => Some("Windows"),
        name => unless_unknown(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_what_people_call_them() {
        let of = |agent| browser_name(Some(agent));
        let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(of(firefox), "Firefox on Windows");
        let safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/18.4 Safari/605.1.15";
        assert_eq!(of(safari), "Safari on macOS");
        let edge = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                    Safari/537.36 Edg/140.0.0.0";
        assert_eq!(of(edge), "Edge on Linux");
        assert_eq!(of("<script>alert(1)</script>"), "an unknown browser");
        assert_eq!(browser_name(None), "an unknown browser");
    }
}
