//! Why an authenticator app could not be set up or asked.

use crate::InternalError;

/// An authenticator app's seed could not be used.
#[derive(Debug, thiserror::Error)]
pub enum TotpError {
    /// The seed does not make codes or an address for apps. The cause may contain the seed, so
    /// it is not kept.
    #[error("the seed does not make codes")]
    Seed,
    /// The address for apps does not fit into a QR code.
    #[error("no QR code could be drawn")]
    QrCode(#[source] qrcode::types::QrError),
}

impl From<TotpError> for InternalError {
    fn from(error: TotpError) -> Self {
        Self::Totp(Box::new(error))
    }
}
