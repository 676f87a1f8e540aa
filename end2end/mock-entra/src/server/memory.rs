//! What was before, for faults that come back to it.

use crate::clock::guid;
use crate::fault::{Answer, Delivery, Earlier};
use crate::request::Asked;

/// Of everything so many are remembered.
const REMEMBERED: usize = 100;

/// A response that waits at an address to be taken to the portal.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub reply_url: String,
    pub fields: Vec<(&'static str, String)>,
}

/// A request that came.
#[derive(Debug)]
struct Request {
    id: String,
    identifier: String,
}

/// Requests in the order in which they came, the last answer, and what is held.
#[derive(Debug, Default)]
pub(super) struct Memory {
    requests: Vec<Request>,
    answer: Option<Answer>,
    held: Vec<(String, Held)>,
}

impl Memory {
    /// A request came, perhaps not for the first time. A tile's sign-in has none.
    pub fn arrived(&mut self, asked: &Asked) {
        if !asked.id.is_empty() && !self.requests.iter().any(|known| known.id == asked.id) {
            push(&mut self.requests, Request { id: asked.id.clone(), identifier: asked.identifier.clone() });
        }
    }

    /// Something was sent to the portal. What is no response of SAML's cannot be sent again as
    /// one.
    pub fn answered(&mut self, answer: &Answer) {
        if answer.delivery != Delivery::WsFederation {
            self.answer = Some(answer.clone());
        }
    }

    /// What was before that request, of its application and of others.
    pub fn earlier_than(&self, asked: &Asked) -> Earlier {
        let is_own = |known: &&Request| known.identifier == asked.identifier;
        let before = self.requests.iter().take_while(|known| known.id != asked.id).filter(is_own).last();
        let foreign = self.requests.iter().rfind(|known| !is_own(known));
        let id = |request: &Request| request.id.clone();
        Earlier { answer: self.answer.clone(), request_id: before.map(id), foreign_request_id: foreign.map(id) }
    }

    /// The applications that sent requests, in the order of their first.
    pub fn applications(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for request in &self.requests {
            if !all.contains(&request.identifier) {
                all.push(request.identifier.clone());
            }
        }
        all
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
