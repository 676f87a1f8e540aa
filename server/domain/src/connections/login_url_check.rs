//! Looks whether a Login URL answers, and says what was seen. It stops nobody: people's browsers
//! reach addresses that the portal does not.

use std::time::Duration;

use model::connection::field;
use model::idp_settings_check::{IdpPolicy, check_login_url as check_typed};
use model::ids::TeamId;
use model::login_url::{LoginUrlAnswer, LoginUrlCheck};
use model::{CertificateKind, FieldProblem, Notice, NoticeKind, RevisionPart, Unreachable, metadata_url};
use url::Url;

use super::metadata_url::{as_field_problem, count_fetch};
use crate::metadata_client::ProbeResponse;
use crate::{Action, Actor, Error, Services};

/// How long somebody waits who asked for it.
const ON_REQUEST: u64 = Unreachable::SECONDS;
/// How long somebody waits who saved something.
const ON_SAVE: u64 = 2;

/// Looks at the Login URL that was typed, and saves nothing.
///
/// # Errors
/// What is wrong with it, or that this was asked too often.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn check_login_url(services: &Services, actor: &Actor, slug: &str, typed: &str) -> Result<Notice, Error> {
    let (team, _) = actor.authorize_team(services.db.connection(), slug, Action::Configure).await?;
    if !team.status.is_editable() {
        return Err(Error::form(FieldProblem::UnderReview));
    }
    let endpoints = services.settings.urls.endpoints(&team.slug);
    let policy = IdpPolicy { allow_http_loopback: services.settings.urls.is_local_http(), endpoints: &endpoints };
    let url = check_typed(typed, &policy).map_err(|problem| Error::field(field::SSO_URL, problem))?;
    let check = if may_ask(services, &url) {
        count_fetch(services, actor, team.team_id()).await.map_err(|error| as_field_problem(error, field::SSO_URL))?;
        check(services, &url, ON_REQUEST).await
    } else {
        checked(&url, LoginUrlAnswer::NotAsked)
    };
    Ok(Notice { login_url: Some(check), ..Notice::of(NoticeKind::LoginUrlChecked) })
}

/// Adds to what a save did what is seen at the Login URL, if it is another one now. What was
/// saved is saved, whatever comes of this.
pub(super) async fn with_login_url_check(
    services: &Services,
    actor: &Actor,
    team: TeamId,
    saved_url: &str,
    notice: Notice,
) -> Notice {
    let Ok(url) = Url::parse(saved_url) else { return notice };
    if !notice.parts.contains(&RevisionPart::SsoUrl) || !may_ask(services, &url) {
        return notice;
    }
    match count_fetch(services, actor, team).await {
        Ok(()) => Notice { login_url: Some(check(services, &url, ON_SAVE).await), ..notice },
        Err(error) => {
            error.log();
            notice
        }
    }
}

fn may_ask(services: &Services, url: &Url) -> bool {
    metadata_url::may_fetch(url, services.settings.allow_private_addresses).is_ok()
}

async fn check(services: &Services, url: &Url, seconds: u64) -> LoginUrlCheck {
    let answer = match services.metadata.probe(url, Duration::from_secs(seconds)).await {
        Ok(probed) => seen(url, &probed),
        Err(why) => unseen(why, seconds),
    };
    checked(url, answer)
}

fn checked(url: &Url, answer: LoginUrlAnswer) -> LoginUrlCheck {
    LoginUrlCheck { host: url.host_str().unwrap_or_default().to_owned(), answer }
}

fn seen(url: &Url, probed: &ProbeResponse) -> LoginUrlAnswer {
    // only the host: what is behind it may be meant for whoever signs in
    let host = |location: &String| url.join(location).ok()?.host_str().map(str::to_owned);
    let redirected = probed.location.as_ref().filter(|_| (300..400).contains(&probed.status)).and_then(host);
    if let Some(host) = redirected {
        return LoginUrlAnswer::Redirected { host };
    }
    match probed.status {
        200 if CertificateKind::of(&probed.beginning) == CertificateKind::Metadata => LoginUrlAnswer::Metadata,
        status => LoginUrlAnswer::Status { status },
    }
}

const fn unseen(why: Unreachable, seconds: u64) -> LoginUrlAnswer {
    match why {
        Unreachable::NotAllowed => LoginUrlAnswer::NotAsked,
        Unreachable::Private => LoginUrlAnswer::Private,
        Unreachable::NotReached => LoginUrlAnswer::NotReached { seconds },
        Unreachable::NotVerified => LoginUrlAnswer::NotVerified,
        Unreachable::BrokenOff => LoginUrlAnswer::BrokenOff,
        Unreachable::Status { status } => LoginUrlAnswer::Status { status },
        // which only metadata is refused for
        Unreachable::Failed | Unreachable::Redirected | Unreachable::TooLarge | Unreachable::NotMetadata => {
            LoginUrlAnswer::Failed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, location: Option<&str>, beginning: &str) -> LoginUrlAnswer {
        let location = location.map(str::to_owned);
        let url = Url::parse("https://idp.example/sso").unwrap();
        seen(&url, &ProbeResponse { status, location, beginning: beginning.as_bytes().to_vec() })
    }

    #[test]
    fn an_answer_is_what_it_was_and_of_a_redirect_the_host_alone() {
        let to = |host: &str| LoginUrlAnswer::Redirected { host: host.to_owned() };
        let status = |status| LoginUrlAnswer::Status { status };
        assert_eq!(answer(302, Some("https://login.example/?token=secret"), ""), to("login.example"));
        assert_eq!(answer(303, Some("/login"), ""), to("idp.example"));
        assert_eq!(answer(302, Some("urn:nowhere"), ""), status(302));
        assert_eq!(answer(201, Some("/made"), ""), status(201));
        assert_eq!(answer(304, None, ""), status(304));
        assert_eq!(answer(200, None, "<!DOCTYPE html><html>"), status(200));
        assert_eq!(answer(200, None, "<?xml version=\"1.0\"?><EntityDescriptor ID=\"_1\">"), LoginUrlAnswer::Metadata);
        assert_eq!(answer(400, None, "<EntityDescriptor/>"), status(400));
    }
}
