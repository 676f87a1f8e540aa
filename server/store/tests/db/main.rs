//! The connections to a database: who reads and who writes, what a transaction holds.

mod connections;
mod group_commit;
mod rows;
