//! What is interactive and drawn by Rust. Each works, or is invisible, without scripts. Their
//! text comes from the server as properties: the message catalogue is not in the WebAssembly.

mod certificate_drop;
mod copy_button;
mod password_field;

pub use certificate_drop::{CertificateDrop, CertificateDropText};
pub use copy_button::CopyButton;
pub use password_field::{PasswordField, PasswordFieldText};
