//! Who is signed in with which browser, and at which applications.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use saml::logout::NameId;

/// An application that somebody is signed in at.
#[derive(Clone, Debug)]
pub(crate) struct Participant {
    /// The application's Identifier.
    pub identifier: String,
    /// Whom the application knows.
    pub name_id: NameId,
    /// The session as the assertion named it.
    pub session_index: String,
}

/// The application's request that a sign-out began with.
#[derive(Clone, Debug)]
pub(crate) struct SignOutRequest {
    /// The request's ID.
    pub request_id: String,
    /// Where the answer goes.
    pub logout_url: String,
    /// What the application wants back with it.
    pub relay_state: String,
}

/// A sign-out that goes from application to application.
#[derive(Clone, Debug, Default)]
pub(crate) struct SignOutProgress {
    /// Who asked, if not the person.
    pub request: Option<SignOutRequest>,
    /// The request that is on its way.
    pub waiting_for: Option<String>,
    /// Who confirmed.
    pub signed_out: Vec<String>,
    /// Who did not, or cannot be told.
    pub not_signed_out: Vec<String>,
}

/// What belongs to one browser.
#[derive(Debug, Default)]
struct Session {
    participants: Vec<Participant>,
    sign_out: Option<SignOutProgress>,
}

/// All browsers.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, Session>>);

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody signs in at an application, where they were somebody else perhaps.
    pub fn join(&self, id: &str, participant: Participant) {
        let mut sessions = self.lock();
        let session = sessions.entry(id.to_owned()).or_default();
        session.participants.retain(|known| known.identifier != participant.identifier);
        session.participants.push(participant);
    }

    /// Where somebody is signed in.
    pub fn participants(&self, id: &str) -> Vec<Participant> {
        self.lock().get(id).map(|session| session.participants.clone()).unwrap_or_default()
    }

    /// Takes an application out of a session, if it is in there.
    pub fn leave(&self, id: &str, identifier: &str) -> Option<Participant> {
        let mut sessions = self.lock();
        let participants = &mut sessions.get_mut(id)?.participants;
        let index = participants.iter().position(|known| known.identifier == identifier)?;
        Some(participants.remove(index))
    }

    /// Takes the next application out that is to be told of a sign-out.
    pub fn next(&self, id: &str) -> Option<Participant> {
        self.lock().get_mut(id)?.participants.pop()
    }

    /// Keeps how far a sign-out has come.
    pub fn keep_progress(&self, id: &str, sign_out: SignOutProgress) {
        self.lock().entry(id.to_owned()).or_default().sign_out = Some(sign_out);
    }

    /// The sign-out that waits for the answer to a request.
    pub fn take_progress(&self, id: &str, waiting_for: Option<&str>) -> Option<SignOutProgress> {
        let mut sessions = self.lock();
        let sign_out = &mut sessions.get_mut(id)?.sign_out;
        sign_out.take_if(|sign_out| sign_out.waiting_for.as_deref() == waiting_for && waiting_for.is_some())
    }

    /// The session is over.
    pub fn end(&self, id: &str) {
        self.lock().remove(id);
    }
}
