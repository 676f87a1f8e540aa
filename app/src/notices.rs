//! What a save or a decision did. The text is in `notices.ftl` of the message catalogue.

use messages::{Text, text};
use model::{Notice, NoticeKind};

/// A title and what follows from it.
#[must_use]
pub fn notice_text(notice: &Notice) -> (String, String) {
    let revision = notice.revision.map_or_else(|| "none".to_owned(), |number| number.to_string());
    let team = notice.team.as_ref().map_or_else(|| text!("notices-team"), |team| team.name.clone());
    match notice.kind {
        NoticeKind::Saved => (text!("notices-saved", revision = revision), saved(notice, &revision)),
        NoticeKind::Unchanged => (text!("notices-unchanged"), text!("notices-unchanged.text")),
        NoticeKind::CertificateKnown => (text!("notices-certificate-known"), text!("notices-certificate-known.text")),
        NoticeKind::Submitted => (text!("notices-submitted"), text!("notices-submitted.text")),
        NoticeKind::Withdrawn => (text!("notices-withdrawn"), text!("notices-withdrawn.text")),
        NoticeKind::MadeLive => (
            text!("notices-made-live", revision = revision),
            sentences([Some(text!("notices-made-live.text")), ended(notice), kept(notice)]),
        ),
        NoticeKind::RolledBack => (
            text!("notices-rolled-back", revision = revision),
            sentences([Some(text!("notices-rolled-back.text")), ended(notice), kept(notice)]),
        ),
        NoticeKind::Discarded => (text!("notices-discarded", revision = revision), text!("notices-discarded.text")),
        NoticeKind::Approved => (
            text!("notices-approved", team = team),
            sentences([Some(text!("notices-approved.text", revision = revision)), kept(notice)]),
        ),
        NoticeKind::ChangesRequested => {
            (text!("notices-changes-requested", team = team), text!("notices-changes-requested.text"))
        }
        NoticeKind::Suspended => (text!("notices-suspended"), text!("notices-suspended.text")),
        NoticeKind::Resumed => (text!("notices-resumed"), text!("notices-resumed.text")),
        NoticeKind::LoginUrlChecked => (text!("notices-login-url-checked"), text!("notices-login-url-checked.text")),
        NoticeKind::TeamsReminded => (text!("notices-teams-reminded", count = done(notice)), left(notice)),
        NoticeKind::TeamsSuspended => (text!("notices-teams-suspended", count = done(notice)), left(notice)),
        NoticeKind::TeamRenamed => (text!("notices-team-renamed"), text!("notices-team-renamed.text")),
        NoticeKind::IdentityProviderSaved => {
            (text!("notices-identity-provider-saved"), text!("notices-identity-provider-saved.text"))
        }
        NoticeKind::KeyCreated => (text!("notices-key-created"), text!("notices-key-created.text")),
        NoticeKind::KeyPromoted => (text!("notices-key-promoted"), text!("notices-key-promoted.text")),
        NoticeKind::KeyDeleted => (text!("notices-key-deleted"), text!("notices-key-deleted.text")),
    }
}

fn saved(notice: &Notice, revision: &str) -> String {
    let parts: Vec<_> = notice.parts.iter().map(Text::text).collect();
    let parts = parts.join(", ");
    match notice.other {
        // numbers as text: they are names, not counts
        Some(live) => {
            text!("notices-saved-beside-live", parts = parts, live = live.to_string(), revision = revision)
        }
        None => text!("notices-saved-first", parts = parts),
    }
}

fn done(notice: &Notice) -> usize {
    notice.bulk.as_ref().map_or(0, |result| result.done)
}

/// The teams to which it was not done.
fn left(notice: &Notice) -> String {
    match notice.bulk.as_ref().map_or(&[][..], |result| result.left.as_slice()) {
        [] => text!("notices-teams-all"),
        left => text!("notices-teams-left", count = left.len(), teams = left.join(", ")),
    }
}

/// What became of the team's sessions, if anything.
fn ended(notice: &Notice) -> Option<String> {
    notice.ended.map(|ended| text!("notices-sessions-ended", count = ended))
}

fn kept(notice: &Notice) -> Option<String> {
    let other = notice.other.filter(|other| Some(*other) != notice.revision)?;
    Some(text!("notices-kept", other = other.to_string()))
}

fn sentences<const N: usize>(sentences: [Option<String>; N]) -> String {
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use model::RevisionPart;

    use super::*;

    #[test]
    fn a_save_says_what_where_and_what_is_left_to_do() {
        let parts = vec![RevisionPart::SsoUrl, RevisionPart::ForceAuthn];
        let notice = |other| Notice { parts: parts.clone(), ..Notice::on(NoticeKind::Saved, Some(3), other) };
        let (title, text) = notice_text(&notice(Some(2)));
        assert_eq!(title, "Saved in revision 3");
        assert!(
            text.contains("Login URL, People authenticate again") && text.contains("until you make revision 3 live")
        );
        assert!(notice_text(&notice(None)).1.contains("once it has gone live"), "a first revision replaces none");
    }

    #[test]
    fn going_live_names_both_revisions() {
        let (title, text) = notice_text(&Notice::on(NoticeKind::MadeLive, Some(2), Some(1)));
        assert_eq!(title, "Revision 2 is live");
        assert!(text.contains("Revision 1 is kept"));
        let (_, first) = notice_text(&Notice::on(NoticeKind::Approved, Some(1), None));
        assert!(!first.contains("kept"), "there is none before the first: {first}");
    }

    #[test]
    fn a_session_that_ended_is_counted() {
        let ended = |ended| Notice { ended: Some(ended), ..Notice::on(NoticeKind::MadeLive, Some(2), None) };
        assert!(notice_text(&ended(1)).1.ends_with("from now on. 1 session ended."));
        assert!(notice_text(&ended(0)).1.ends_with("from now on. 0 sessions ended."));
    }
}
