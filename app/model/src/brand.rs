//! The vendor's looks and names, from the configuration.

use serde::{Deserialize, Serialize};

/// What the vendor calls itself and its product, and where its support is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// The product that people sign in to, as it is named in Entra's gallery.
    pub product_name: String,
    /// The company.
    pub vendor_name: String,
    /// Where a customer writes for help.
    pub support_email: EmailText,
    /// The accent colour, `#rrggbb`; every other colour derives from it.
    pub accent: String,
    /// The address of the logo, where there is one.
    pub logo: Option<String>,
}

/// An e-mail address that is only shown and linked.
pub type EmailText = String;
