//! The service provider against good and bad identity providers. One binary for all:
//! linking is what takes the time.

// clippy takes unwrapping for a test's right only where it sees `cfg(test)`
#[cfg(test)]
mod accepted;
#[cfg(test)]
mod authn;
#[cfg(test)]
mod certificates;
#[cfg(test)]
mod chains;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod encrypted;
#[cfg(test)]
mod engines;
#[cfg(test)]
mod envelopes;
#[cfg(test)]
mod form_values;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod honest;
#[cfg(test)]
mod logout;
#[cfg(test)]
mod metadata;
#[cfg(test)]
mod redirect_signatures;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod signed_requests;
#[cfg(test)]
mod sp_key;
#[cfg(test)]
mod support;
#[cfg(test)]
mod told;
#[cfg(test)]
mod trust;
#[cfg(test)]
mod variants;
