//! The names of what addresses carry after the question mark, where a link is made in one place and read in another.
//! The filters of lists name theirs themselves.

/// A one-time code, or the code of an error.
pub const CODE: &str = "code";
/// What was just done.
pub const DONE: &str = "done";
/// How many sessions were ended.
pub const ENDED: &str = "ended";
/// Where to go afterwards.
pub const NEXT: &str = "next";
/// The identity provider whose words are used.
pub const PROVIDER: &str = "provider";
/// The secret of a mailed link.
pub const TOKEN: &str = "token";
