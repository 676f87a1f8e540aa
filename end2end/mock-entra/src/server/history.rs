//! The messages so far, for faults that repeat or answer an earlier one.

use crate::clock::guid;
use crate::fault::{Answer, Delivery, EarlierMessages};
use crate::sign_in_request::SignInRequest;

/// How many of each are remembered.
const REMEMBERED: usize = 100;

/// A response that waits at an address to be taken to the portal.
#[derive(Clone, Debug)]
pub(super) struct HeldResponse {
    pub reply_url: String,
    pub fields: Vec<(&'static str, String)>,
}

/// A request that came.
#[derive(Debug)]
struct ReceivedRequest {
    id: String,
    identifier: String,
}

/// Requests in the order in which they came, the last answer, and what is held.
#[derive(Debug, Default)]
pub(super) struct MessageHistory {
    requests: Vec<ReceivedRequest>,
    answer: Option<Answer>,
    held: Vec<(String, HeldResponse)>,
}

impl MessageHistory {
    /// A request came, perhaps not for the first time. A tile's sign-in has none.
    pub fn record_request(&mut self, request: &SignInRequest) {
        if !request.id.is_empty() && !self.requests.iter().any(|known| known.id == request.id) {
            push(
                &mut self.requests,
                ReceivedRequest { id: request.id.clone(), identifier: request.identifier.clone() },
            );
        }
    }

    /// Something was sent to the portal. What is no response of SAML's cannot be sent again as
    /// one.
    pub fn record_answer(&mut self, answer: &Answer) {
        if !matches!(answer.delivery, Delivery::WsFederation | Delivery::Artifact) {
            self.answer = Some(answer.clone());
        }
    }

    /// What was before that request, of its application and of others.
    pub fn earlier_than(&self, request: &SignInRequest) -> EarlierMessages {
        let is_own = |known: &&ReceivedRequest| known.identifier == request.identifier;
        let before = self.requests.iter().take_while(|known| known.id != request.id).filter(is_own).last();
        let foreign = self.requests.iter().rfind(|known| !is_own(known));
        let id = |known: &ReceivedRequest| known.id.clone();
        EarlierMessages { answer: self.answer.clone(), request_id: before.map(id), foreign_request_id: foreign.map(id) }
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
    pub fn hold(&mut self, held: HeldResponse) -> String {
        let id = guid();
        push(&mut self.held, (id.clone(), held));
        id
    }

    /// The response of that name.
    pub fn held(&self, id: &str) -> Option<HeldResponse> {
        self.held.iter().find(|(known, _)| known == id).map(|(_, held)| held.clone())
    }
}

fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() >= REMEMBERED {
        list.remove(0);
    }
    list.push(item);
}
