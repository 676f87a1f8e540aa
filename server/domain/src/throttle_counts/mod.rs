//! How attempts add up, whoever makes them: how long the next one waits, and the counts that are in
//! the memory of this replica only. What is counted, and by what, is in [`crate::throttling`].

mod backoff;
mod in_memory;

pub(crate) use backoff::{MEMORY, counted, fresh};
pub(crate) use in_memory::InMemoryCounts;
