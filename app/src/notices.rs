//! What a save or a decision did, in words.

use model::{Notice, NoticeKind};

/// A title and what follows from it.
#[must_use]
pub fn words(notice: &Notice) -> (String, String) {
    let revision = notice.revision.map_or_else(|| "the revision".to_owned(), |number| format!("revision {number}"));
    let team = notice.team.as_ref().map_or("The team", |team| &team.name);
    let own = |title: &str, text: &str| (title.to_owned(), text.to_owned());
    match notice.kind {
        NoticeKind::Saved => (format!("Saved in {revision}"), saved(notice, &revision)),
        NoticeKind::Unchanged => {
            own("Done, and nothing had to be changed", "What you saved is what is there already. No revision was made.")
        }
        NoticeKind::CertificateKnown => own(
            "This certificate is already here",
            "Nothing was changed. If you expected another one, compare the thumbprint with the one that Entra shows.",
        ),
        NoticeKind::Submitted => own(
            "Submitted for review",
            "Support looks at exactly this configuration. You get a mail when it has decided.",
        ),
        NoticeKind::Withdrawn => {
            own("Taken back from review", "You can change the configuration again. Submit it when it is ready.")
        }
        NoticeKind::MadeLive => (capital(&format!("{revision} is live")), serves(notice)),
        NoticeKind::RolledBack => (
            capital(&format!("{revision} is live again")),
            format!("People sign in with it from now on.{}{}", ended(notice), kept(notice)),
        ),
        NoticeKind::Discarded => (
            format!("The changes of {revision} are discarded"),
            "People go on signing in with the live revision.".to_owned(),
        ),
        NoticeKind::Approved => (
            format!("{team} is live"),
            format!("Approved: people sign in with {revision}. The team's members get a mail.{}", kept(notice)),
        ),
        NoticeKind::ChangesRequested => (
            format!("{team} is asked for changes"),
            "The team's members get your words by mail, and can edit the configuration again.".to_owned(),
        ),
        NoticeKind::Suspended => {
            own("Sign-in is suspended", "Sessions have ended, and the team's members get your reason by mail.")
        }
        NoticeKind::Resumed => own("Sign-in works again", "The team's members get a mail."),
        NoticeKind::KeyCreated => own(
            "The key is created",
            "Keys belong to the team, not to a revision: there is nothing to make live. Download its certificate below.",
        ),
        NoticeKind::KeyPromoted => own(
            "The next key is current now",
            "What we sign is signed with it from this moment. The key before it is retired and still decrypts.",
        ),
        NoticeKind::KeyDeleted => {
            own("The retired key is deleted", "What is still encrypted to it cannot be read any more.")
        }
    }
}

fn saved(notice: &Notice, revision: &str) -> String {
    let parts: Vec<_> = notice.parts.iter().map(|part| part.label()).collect();
    let changed = format!("Changed: {}.", parts.join(", "));
    match notice.other {
        Some(live) => format!(
            "{changed} It is a draft beside revision {live}: people go on signing in with revision {live} until you make {revision} live."
        ),
        None => format!("{changed} It is a draft: people can sign in with it once it has gone live, on the last step."),
    }
}

fn serves(notice: &Notice) -> String {
    format!("People sign in with it from now on.{}{}", ended(notice), kept(notice))
}

/// What became of the team's sessions, if anything.
fn ended(notice: &Notice) -> String {
    match notice.ended {
        Some(1) => " 1 session ended.".to_owned(),
        Some(ended) => format!(" {ended} sessions ended."),
        None => String::new(),
    }
}

fn kept(notice: &Notice) -> String {
    match notice.other.filter(|other| Some(*other) != notice.revision) {
        Some(other) => format!(" Revision {other} is kept, and the last step has the way back to it."),
        None => String::new(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use model::RevisionPart;

    use super::*;

    #[test]
    fn a_save_says_what_where_and_what_is_left_to_do() {
        let parts = vec![RevisionPart::SsoUrl, RevisionPart::ForceAuthn];
        let notice = |other| Notice { parts: parts.clone(), ..Notice::on(NoticeKind::Saved, Some(3), other) };
        let (title, text) = words(&notice(Some(2)));
        assert_eq!(title, "Saved in revision 3");
        assert!(
            text.contains("Login URL, People authenticate again") && text.contains("until you make revision 3 live")
        );
        assert!(words(&notice(None)).1.contains("once it has gone live"), "a first revision replaces none");
    }

    #[test]
    fn going_live_names_both_revisions() {
        let (title, text) = words(&Notice::on(NoticeKind::MadeLive, Some(2), Some(1)));
        assert_eq!(title, "Revision 2 is live");
        assert!(text.contains("Revision 1 is kept"));
        let (_, first) = words(&Notice::on(NoticeKind::Approved, Some(1), None));
        assert!(!first.contains("kept"), "there is none before the first: {first}");
    }
}
