//! The mock as its users meet it. One binary for all: linking is what takes the time.

// clippy takes unwrapping for a test's right only where it sees `cfg(test)`
#[cfg(test)]
mod application;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod sign_out;
#[cfg(test)]
mod support;
#[cfg(test)]
mod switchboard;
