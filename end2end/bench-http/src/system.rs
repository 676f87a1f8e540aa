//! What is measured: a server that signs people in, as the benchmark sees it.

use std::net::SocketAddr;

use anyhow::{Result, bail};
use mock_entra::sign_in_request::SignInRequest;

use crate::http::Answer;

/// A sign-in that is with the identity provider.
#[derive(Clone, Debug)]
pub struct Started {
    /// Its number, from which team, person and address follow.
    pub number: usize,
    /// What the server asked the identity provider.
    pub request: SignInRequest,
    /// The cookie that binds it to the browser, where there is one.
    pub cookie: String,
}

/// A server of sign-ins with its database. The functions of a stage come in pairs: one makes
/// the request, before the clock runs, and one checks the answer, after it ran.
pub trait System {
    /// What it is called in the table.
    fn name(&self) -> String;
    /// Where it listens.
    fn address(&self) -> SocketAddr;
    /// Its process.
    fn server_pid(&self) -> u32;
    /// The first process of its database server, if it has one.
    fn database_pid(&self) -> Option<u32>;
    /// How many sign-ins may be with the identity provider at once before it refuses more;
    /// a restart forgets them.
    fn most_started(&self) -> usize;
    /// Stops the server and starts it again, on the same database.
    fn restart(&mut self) -> Result<()>;
    /// Stops the server for good.
    fn stop(&mut self) -> Result<()>;

    /// Starts the sign-in of that number.
    fn start(&self, number: usize) -> Vec<u8>;
    /// Checks that it is at the identity provider now.
    fn started(&self, number: usize, answer: &Answer) -> Result<Started>;
    /// Posts the response to the assertion consumer service (ACS).
    fn respond(&self, started: &Started, saml_response: &str) -> Result<Vec<u8>>;
    /// Checks that it was taken, and answers with where the one-time code is redeemed.
    fn responded(&self, answer: &Answer) -> Result<String>;
    /// Redeems the code.
    fn redeem(&self, started: &Started, code: &str) -> Result<Vec<u8>>;
    /// Checks that somebody is signed in.
    fn redeemed(&self, answer: &Answer) -> Result<()>;

    /// What follows for an application that asked for the sign-in, in order: names of the steps.
    fn application_steps(&self) -> &'static [&'static str] {
        &[]
    }

    /// The request of such a step, made of the answer to the one before, which it checks.
    fn application_step(&self, step: usize, started: &Started, before: &Answer) -> Result<Vec<u8>> {
        bail!("{step} of {}: {}: there is no such step", started.number, before.summary())
    }

    /// Checks the last answer.
    fn application_done(&self, answer: &Answer) -> Result<()> {
        bail!("{}: there is no application", answer.summary())
    }
}
