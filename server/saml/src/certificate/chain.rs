//! Chains: certificates that are listed together, some of which only issued the others.
//!
//! All certificates in one `KeyInfo` belong to one key (xmldsig §4.4.4), and so do those in the
//! file that web servers call a full chain. An authority's key signs certificates. Taking it
//! for a message signer would mean trusting every key that the authority has certified.

use std::cmp::Ordering;

use memchr::memmem;
use openssl::error::ErrorStack;
use openssl::x509::X509;

/// `id-ce-basicConstraints` in DER (RFC 5280 §4.2.1.9).
const BASIC_CONSTRAINTS: &[u8] = &[0x06, 0x03, 0x55, 0x1d, 0x13];
/// `cA TRUE`, as the first element of those.
const IS_AUTHORITY: &[u8] = &[0x01, 0x01, 0xff];

/// What a certificate is among those that it stands with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChainRole {
    /// It issued no other certificate of the chain: its key may sign messages.
    Signer,
    /// The issuer of another one, or an authority beside one that cannot be read and that it
    /// may have issued.
    Issuer,
    /// No certificate that can be read.
    Unreadable,
}

/// The role of each certificate of one chain, in any order, by subject and issuer. One that is
/// its own issuer was issued by none of the others: the present and the next certificate of
/// an identity provider often have the same name.
pub(crate) fn roles_in_chain(ders: &[Option<Vec<u8>>]) -> Vec<ChainRole> {
    let read: Vec<Option<X509>> =
        ders.iter().map(|der| der.as_ref().and_then(|der| X509::from_der(der).ok())).collect();
    // OpenSSL leaves errors in this thread's queue, where its next caller would find them
    drop(ErrorStack::get());
    let is_whole = read.iter().all(Option::is_some);
    let issued: Vec<&X509> = read.iter().flatten().filter(|certificate| !is_self_issued(certificate)).collect();
    let role = |(certificate, der): (&Option<X509>, &Option<Vec<u8>>)| {
        let Some(certificate) = certificate else { return ChainRole::Unreadable };
        let is_issuer = issued.iter().any(|other| has_issued(certificate, other));
        let may_be = !is_whole && der.as_deref().is_some_and(is_authority);
        if is_issuer || may_be { ChainRole::Issuer } else { ChainRole::Signer }
    };
    read.iter().zip(ders).map(role).collect()
}

/// Whether the issuer's subject is the name that the other one was issued by.
fn has_issued(issuer: &X509, issued: &X509) -> bool {
    issuer.subject_name().try_cmp(issued.issuer_name()).is_ok_and(Ordering::is_eq)
}

fn is_self_issued(certificate: &X509) -> bool {
    has_issued(certificate, certificate)
}

/// Whether a certificate says that it is an authority's.
fn is_authority(der: &[u8]) -> bool {
    let extension = memmem::find(der, BASIC_CONSTRAINTS).and_then(|at| der.get(at + BASIC_CONSTRAINTS.len()..));
    let Some(extension) = extension else { return false };
    // whether it is critical, the octet string around it, the sequence in it
    let critical = extension.strip_prefix(IS_AUTHORITY).unwrap_or(extension);
    critical.get(4..).is_some_and(|constraints| constraints.starts_with(IS_AUTHORITY))
}
