//! The service provider against good and bad identity providers. One binary for all:
//! linking is what takes the time.

// clippy takes unwrapping for a test's right only where it sees `cfg(test)`
#[cfg(test)]
mod accepted;
#[cfg(test)]
mod authn_requests;
#[cfg(test)]
mod authn_statement;
#[cfg(test)]
mod certificate_chains;
#[cfg(test)]
mod certificate_trust;
#[cfg(test)]
mod certificates;
#[cfg(test)]
mod conforming_responses;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod encrypted_assertion;
#[cfg(test)]
mod form_values;
#[cfg(test)]
mod lenient_variants;
#[cfg(test)]
mod logout;
#[cfg(test)]
mod metadata;
#[cfg(test)]
mod random_input;
#[cfg(test)]
mod redirect_signatures;
#[cfg(test)]
mod rejected;
#[cfg(test)]
mod rejection_values;
#[cfg(test)]
mod response_envelope;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod signature_engines;
#[cfg(test)]
mod signed_authn_requests;
#[cfg(test)]
mod sp_key;
#[cfg(test)]
mod support;
