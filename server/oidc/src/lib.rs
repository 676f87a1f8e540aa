//! The OpenID provider as pure functions.
