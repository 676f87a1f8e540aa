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
pub(crate) struct Origin {
    /// The request's ID.
    pub request_id: String,
    /// Where the answer goes.
    pub logout_url: String,
    /// What the application wants back with it.
    pub relay_state: String,
}

/// A sign-out that goes from application to application.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaving {
    /// Who asked, if not the person.
    pub origin: Option<Origin>,
    /// The request that is on its way.
    pub waiting_for: Option<String>,
    /// Who confirmed.
    pub told: Vec<String>,
    /// Who did not, or cannot be told.
    pub untold: Vec<String>,
}

/// What belongs to one browser.
#[derive(Debug, Default)]
struct Session {
    participants: Vec<Participant>,
    leaving: Option<Leaving>,
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
        let place = participants.iter().position(|known| known.identifier == identifier)?;
        Some(participants.remove(place))
    }

    /// Takes the next application out that is to be told of a sign-out.
    pub fn next(&self, id: &str) -> Option<Participant> {
        self.lock().get_mut(id)?.participants.pop()
    }

    /// Keeps how far a sign-out has come.
    pub fn keep(&self, id: &str, leaving: Leaving) {
        self.lock().entry(id.to_owned()).or_default().leaving = Some(leaving);
    }

    /// The sign-out that waits for the answer to a request.
    pub fn take_leaving(&self, id: &str, waiting_for: Option<&str>) -> Option<Leaving> {
        let mut sessions = self.lock();
        let leaving = &mut sessions.get_mut(id)?.leaving;
        leaving.take_if(|leaving| leaving.waiting_for.as_deref() == waiting_for && waiting_for.is_some())
    }

    /// The session is over.
    pub fn end(&self, id: &str) {
        self.lock().remove(id);
    }
}
