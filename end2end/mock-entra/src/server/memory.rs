//! What was before, for faults that come back to it.

use crate::clock::guid;
use crate::fault::{Answer, Earlier};

/// Of everything so many are remembered.
const REMEMBERED: usize = 100;

/// A response that waits at an address to be taken to the portal.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub reply_url: String,
    pub saml_response: String,
    pub relay_state: Option<String>,
}

/// Requests in the order in which they came, the last answer, and what is held.
#[derive(Debug, Default)]
pub(super) struct Memory {
    requests: Vec<String>,
    answer: Option<Answer>,
    held: Vec<(String, Held)>,
}

impl Memory {
    /// A request came, perhaps not for the first time. A tile's sign-in has none.
    pub fn arrived(&mut self, id: &str) {
        if !id.is_empty() && !self.requests.iter().any(|known| known == id) {
            push(&mut self.requests, id.to_owned());
        }
    }

    /// Something was sent to the portal.
    pub fn answered(&mut self, answer: &Answer) {
        self.answer = Some(answer.clone());
    }

    /// What was before that request.
    pub fn earlier_than(&self, id: &str) -> Earlier {
        let before = self.requests.iter().take_while(|known| *known != id).last();
        Earlier { answer: self.answer.clone(), request_id: before.cloned() }
    }

    /// Holds a response, and returns the name that it has here.
    pub fn hold(&mut self, held: Held) -> String {
        let id = guid();
        push(&mut self.held, (id.clone(), held));
        id
    }

    /// The response of that name.
    pub fn held(&self, id: &str) -> Option<Held> {
        self.held.iter().find(|(known, _)| known == id).map(|(_, held)| held.clone())
    }
}

fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() >= REMEMBERED {
        list.remove(0);
    }
    list.push(item);
}
