//! What is signed, before and after it is verified.

use roxmltree::NodeId;

use crate::certificate::SigningCertificate;
use crate::response::signature::Signature;

/// A signed element and its signature, as the gate saw them.
#[derive(Clone, Copy)]
pub(in crate::response) struct SignedElement<'a> {
    pub(in crate::response) element: NodeId,
    pub(in crate::response) signature: &'a Signature,
}

/// The bytes that were digested, and what they were verified with.
#[derive(Clone, Debug)]
pub(in crate::response) struct VerifiedBytes<'t> {
    /// The signed element in canonical XML, without its signature. Nothing else may be
    /// read from then on.
    pub(in crate::response) canonical: String,
    /// The certificate whose key verified.
    pub(in crate::response) certificate: &'t SigningCertificate,
}
