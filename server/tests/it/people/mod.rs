//! A team's people over HTTP: the list, a person's page, and what admins do with them.

mod applications;
mod changes;
mod erasure;
mod lists;
mod scene;
