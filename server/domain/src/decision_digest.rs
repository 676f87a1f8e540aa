//! A decision names the configuration that it was made on: a page shows the configuration and puts
//! its digest into the form, and the decision is refused if the configuration has another digest
//! by then, compared under the team's lock (decision 28).

use model::ids::TeamId;
use model::revision::PartValue;
use model::{
    ConnectionView, Digests, FieldProblem, PartChange, RevisionPart, RevisionState, SpKeyState, SpKeyView, Timestamp,
};
use sha2::{Digest as _, Sha256};
use store::ConnectionTrait;
use store::revisions::{self, Revision};
use store::sp_keys::{self, SpKeyPair};

use crate::Error;
use crate::revisions::{connection_view, empty_connection_view};

/// In bytes, of each part, behind the digest of all: only to name what has changed.
const HINT: usize = 4;
/// In characters: how much of a value a message quotes.
const QUOTED: usize = 120;

/// The configuration that a decision was made on.
#[derive(Clone, Copy, Debug)]
pub enum ExpectedDigest<'a> {
    /// What a page showed, by the digest that its form brought; empty if it brought none.
    Shown(&'a str),
    /// Whatever is there now: the operator's command reads and decides in one go.
    Unchecked,
}

/// The part of a configuration that a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecisionSubject {
    /// What would go live: the draft, or else the live revision; what serves until then; and
    /// the key that signs.
    Next,
    /// What rolling back would bring again, and what it would replace.
    Previous,
    /// What serves sign-ins.
    Live,
    /// The team's own keys.
    Keys,
}

/// A form of the set-up, by what it saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetupForm {
    /// The identity provider's addresses.
    Urls,
    /// The claim mapping.
    Claims,
    /// How sign-ins are asked for.
    Options,
    /// Whose e-mail addresses may sign in.
    EmailDomains,
}

impl SetupForm {
    const fn saves(self, part: RevisionPart) -> bool {
        use RevisionPart as Part;
        match self {
            Self::Urls => matches!(part, Part::EntityId | Part::SsoUrl | Part::SloUrl),
            Self::Claims => matches!(
                part,
                Part::ClaimEmail
                    | Part::ClaimFirstName
                    | Part::ClaimLastName
                    | Part::ClaimDisplayName
                    | Part::ClaimGroups
            ),
            Self::Options => matches!(
                part,
                Part::SignRequests
                    | Part::ForceAuthn
                    | Part::NameIdFormat
                    | Part::AuthnContext
                    | Part::SsoBinding
                    | Part::AllowIdpInitiated
            ),
            Self::EmailDomains => matches!(part, Part::EmailDomains),
        }
    }

    /// What a form shows of a revision; that of a new team is as it comes.
    fn parts_of(self, revision: Option<&ConnectionView>) -> DecisionParts {
        let parts = revision.map_or_else(|| empty_connection_view(Timestamp::default()).parts(), ConnectionView::parts);
        DecisionParts(parts.into_iter().filter(|(part, _)| self.saves(*part)).collect())
    }

    /// Refuses to write over what somebody else saved after the form was shown. A form that does not say
    /// what it showed, such as one of the version before, is saved.
    ///
    /// # Errors
    /// [`FieldProblem::EditConflict`], with what is different now.
    pub(crate) fn require_unchanged(self, now: Option<&ConnectionView>, shown: &str) -> Result<(), Error> {
        if shown.is_empty() {
            return Ok(());
        }
        match self.parts_of(now).changed_since(shown)? {
            None => Ok(()),
            Some(changes) => Err(Error::form(FieldProblem::EditConflict { changes })),
        }
    }
}

/// A team's configuration as it is shown: digests are made of this very reading, so that none
/// is of something newer than the page.
#[derive(Clone, Debug)]
pub(crate) struct TeamConfiguration {
    /// The revision under edit or review.
    pub(crate) draft: Option<ConnectionView>,
    /// The revision that serves sign-ins.
    pub(crate) live: Option<ConnectionView>,
    /// The revision that served before it.
    pub(crate) previous: Option<ConnectionView>,
    /// The team's own keys.
    pub(crate) keys: Vec<SpKeyView>,
}

impl TeamConfiguration {
    /// Reads all of it.
    pub(crate) async fn load(db: &impl ConnectionTrait, team: TeamId) -> Result<Self, Error> {
        Ok(Self {
            draft: view(db, revisions::in_state(db, team, RevisionState::Draft).await?).await?,
            live: view(db, revisions::in_state(db, team, RevisionState::Live).await?).await?,
            previous: view(db, revisions::previous(db, team).await?).await?,
            keys: key_views(db, team).await?,
        })
    }

    /// What is edited and tested, and would go live.
    pub(crate) fn next(&self) -> Option<&ConnectionView> {
        self.draft.as_ref().or(self.live.as_ref())
    }

    /// The thumbprint of the key that signs.
    pub(crate) fn current_key(&self) -> Option<String> {
        let current = self.keys.iter().find(|key| key.state == SpKeyState::Current);
        current.map(|key| key.thumbprint_sha1.clone())
    }

    /// The digests of all that is decided on.
    pub(crate) fn digests(&self) -> Result<Digests, Error> {
        Ok(Digests {
            next: self.parts(DecisionSubject::Next).digest()?,
            previous: self.parts(DecisionSubject::Previous).digest()?,
            live: self.parts(DecisionSubject::Live).digest()?,
            keys: self.parts(DecisionSubject::Keys).digest()?,
            urls: SetupForm::Urls.parts_of(self.next()).digest()?,
            claims: SetupForm::Claims.parts_of(self.next()).digest()?,
            options: SetupForm::Options.parts_of(self.next()).digest()?,
            email_domains: SetupForm::EmailDomains.parts_of(self.next()).digest()?,
        })
    }

    fn parts(&self, subject: DecisionSubject) -> DecisionParts {
        match subject {
            DecisionSubject::Next => self.parts_of(self.next()),
            DecisionSubject::Previous => self.parts_of(self.previous.as_ref()),
            DecisionSubject::Live => self.parts_of(self.live.as_ref()),
            DecisionSubject::Keys => {
                let word = |key: &SpKeyView| format!("{} {}", key.state.as_str(), key.thumbprint_sha1);
                let mut keys: Vec<_> = self.keys.iter().map(word).collect();
                keys.sort_unstable();
                DecisionParts(vec![(RevisionPart::Keys, (!keys.is_empty()).then(|| keys.join(", ")))])
            }
        }
    }

    fn parts_of(&self, revision: Option<&ConnectionView>) -> DecisionParts {
        let number = |revision: &ConnectionView| revision.number.to_string();
        let mut parts = revision.map_or_else(Vec::new, ConnectionView::parts);
        parts.push((RevisionPart::Number, revision.map(number)));
        parts.push((RevisionPart::Live, self.live.as_ref().map(number)));
        parts.push((RevisionPart::Keys, self.current_key()));
        DecisionParts(parts)
    }
}

/// Refuses a decision on anything but what was shown. To be asked in the decision's
/// transaction, with the team locked.
///
/// # Errors
/// [`FieldProblem::ChangedSinceShown`], with what is different now.
pub(crate) async fn require_unchanged(
    db: &impl ConnectionTrait,
    team: TeamId,
    subject: DecisionSubject,
    expected: ExpectedDigest<'_>,
) -> Result<(), Error> {
    TeamConfiguration::load(db, team).await?.parts(subject).require_unchanged(expected)
}

async fn view(db: &impl ConnectionTrait, revision: Option<Revision>) -> Result<Option<ConnectionView>, Error> {
    match revision {
        Some(revision) => Ok(Some(connection_view(db, &revision).await?)),
        None => Ok(None),
    }
}

/// A team's keys as its pages show them, newest first.
async fn key_views(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<SpKeyView>, Error> {
    let rows = sp_keys::list(db, team).await?;
    let view = |row: SpKeyPair| {
        Ok(SpKeyView {
            id: row.id,
            state: row.state,
            thumbprint_sha1: row.thumbprint_sha1,
            thumbprint_sha256: row.thumbprint_sha256,
            not_before: row.not_before,
            not_after: row.not_after,
        })
    };
    rows.into_iter().map(view).collect()
}

/// The parts that a decision rests on.
#[derive(Clone, Debug)]
struct DecisionParts(Vec<PartValue>);

impl DecisionParts {
    /// The digest, and after it a hint for each part.
    fn digest(&self) -> Result<String, Error> {
        let mut digest = hex::encode(Sha256::digest(serde_json::to_vec(&self.0)?));
        digest.push('.');
        for part in &self.0 {
            digest.push_str(&hint(part)?);
        }
        Ok(digest)
    }

    fn require_unchanged(&self, expected: ExpectedDigest<'_>) -> Result<(), Error> {
        let ExpectedDigest::Shown(shown) = expected else { return Ok(()) };
        match self.changed_since(shown)? {
            None => Ok(()),
            Some(changes) => Err(Error::form(FieldProblem::ChangedSinceShown { changes })),
        }
    }

    /// What is different from what has this digest; nothing if all is the same.
    fn changed_since(&self, shown: &str) -> Result<Option<Vec<PartChange>>, Error> {
        let now = self.digest()?;
        let (whole, hints) = shown.split_once('.').unwrap_or((shown, ""));
        let is_same = now.split_once('.').is_some_and(|(now, _)| now == whole);
        if is_same { Ok(None) } else { self.changes(hints).map(Some) }
    }

    /// The parts that are not what the hints are of; none if the hints are of something else.
    fn changes(&self, hints: &str) -> Result<Vec<PartChange>, Error> {
        let hints: Vec<_> = hints.as_bytes().chunks(HINT * 2).collect();
        if hints.len() != self.0.len() {
            return Ok(Vec::new());
        }
        let mut changes = Vec::new();
        for (part, known) in self.0.iter().zip(hints) {
            if hint(part)?.as_bytes() != known {
                let now = part.1.as_deref().map(quoted);
                changes.push(PartChange { part: part.0, now });
            }
        }
        Ok(changes)
    }
}

fn hint(part: &PartValue) -> Result<String, Error> {
    let digest = Sha256::digest(serde_json::to_vec(part)?);
    Ok(hex::encode(digest.get(..HINT).unwrap_or_default()))
}

fn quoted(value: &str) -> String {
    let mut quoted: String = value.chars().take(QUOTED).collect();
    if quoted.len() < value.len() {
        quoted.push('…');
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(sso_url: &str, force: &str) -> DecisionParts {
        DecisionParts(vec![
            (RevisionPart::SsoUrl, Some(sso_url.to_owned())),
            (RevisionPart::ForceAuthn, Some(force.to_owned())),
            (RevisionPart::Live, None),
        ])
    }

    fn changes(subject: &DecisionParts, seen: &str) -> Option<Vec<PartChange>> {
        match subject.require_unchanged(ExpectedDigest::Shown(seen)) {
            Err(Error::Invalid(problems)) => match problems.into_iter().next() {
                Some((_, FieldProblem::ChangedSinceShown { changes })) => Some(changes),
                other => panic!("{other:?}"),
            },
            other => {
                other.unwrap();
                None
            }
        }
    }

    #[test]
    fn only_what_was_shown_is_decided_on() {
        let shown = subject("https://a.example/", "no");
        let digest = shown.digest().unwrap();
        assert_eq!(changes(&shown, &digest), None);
        assert_eq!(changes(&shown, digest.split('.').next().unwrap()), None, "the hints are only hints");
        let now = Some("https://b.example/".to_owned());
        let moved = vec![PartChange { part: RevisionPart::SsoUrl, now }];
        assert_eq!(changes(&subject("https://b.example/", "no"), &digest), Some(moved));
        for nothing in ["", ".", "0", &digest[..63], &digest.to_uppercase()] {
            assert_eq!(changes(&shown, nothing).map(|changes| changes.len() <= 3), Some(true), "{nothing}");
        }
    }

    #[test]
    fn forged_hints_do_not_let_a_digest_pass() {
        let shown = subject("https://a.example/", "no").digest().unwrap();
        let now = subject("https://b.example/", "yes");
        let forged =
            format!("{}.{}", shown.split('.').next().unwrap(), now.digest().unwrap().split_once('.').unwrap().1);
        assert_eq!(changes(&now, &forged), Some(Vec::new()), "it is refused, and nothing can be named");
    }
}
