//! What is interactive. Each works, or is invisible, without scripts.

mod certificate_drop;
mod copy_button;
mod local_times;
mod password_field;

pub use certificate_drop::CertificateDrop;
pub use copy_button::CopyButton;
pub use local_times::LocalTimes;
pub use password_field::PasswordField;
