//! Responses by the hundred: honest ones in every identity provider's style, and what
//! attackers make of them. Every attack is made from every base it makes sense for, so a new
//! base multiplies them.

pub mod attacks;
pub mod bases;
pub mod disk;
pub mod edit;
pub mod signature;
