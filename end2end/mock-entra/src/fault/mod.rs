//! What the mock can do wrong, so that everything that a portal finds can be seen and tested.
//!
//! [`Faults`] is the switchboard's state, and [`answer`] makes what is sent to the portal by
//! it: of the program's sign-in and of tests alike.

mod answer;
mod catalogue;
mod entra_error;
mod faults;
mod response_faults;
mod status;
mod stop_page;

pub use answer::{Answer, Delivery, EarlierMessages, answer};
pub use catalogue::Fault;
pub use faults::Faults;
pub use stop_page::StopPage;
