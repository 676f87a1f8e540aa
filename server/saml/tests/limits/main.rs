//! What one document may cost: 50 ms and 32 MiB, whatever is in it. A binary of its own with
//! one test, so that nothing else allocates while a document is looked at.
//!
//! Time is the thread's own on the CPU, so a busy machine does not count, and the best of
//! three; a debug build gets ten times as much. Memory is what goes through Rust's allocator,
//! which is everything but the few kilobytes OpenSSL takes for a public key's operation.

#[cfg(test)]
#[path = "../it/corpus/mod.rs"]
#[expect(dead_code, reason = "the other binary uses all of it")]
mod corpus;
#[cfg(test)]
#[path = "../it/support/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the other binary uses all of it")]
mod support;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use peak_alloc::PeakAlloc;
    use saml::bindings::redirect;
    use saml::response::{GatedResponse, Trust};

    use crate::corpus::attacks::FAMILIES;
    use crate::corpus::attacks::redirect::queries;
    use crate::corpus::bases;
    use crate::support::{IDP, encode, expected, now, rsa};

    #[global_allocator]
    static ALLOCATOR: PeakAlloc = PeakAlloc;

    const TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 50 });
    const MEMORY: usize = 32 * 1024 * 1024;

    /// How long this thread has been on a CPU.
    fn on_cpu() -> Duration {
        let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        Duration::from_nanos(statistics.split_ascii_whitespace().next().unwrap().parse().unwrap())
    }

    /// How long something takes, and how much memory at the most.
    fn cost(of: &impl Fn()) -> (Duration, usize) {
        ALLOCATOR.reset_peak_usage();
        let before = ALLOCATOR.current_usage();
        let started = on_cpu();
        of();
        let took = on_cpu().saturating_sub(started);
        (took, ALLOCATOR.peak_usage().saturating_sub(before))
    }

    /// The most expensive so far.
    #[derive(Default)]
    struct MostExpensive {
        time: (Duration, String),
        memory: (usize, String),
        count: usize,
    }

    impl MostExpensive {
        fn measure(&mut self, name: String, of: impl Fn()) {
            let (mut time, memory) = cost(&of);
            for _ in 0..2 {
                if time > TIME / 4 {
                    time = time.min(cost(&of).0);
                }
            }
            assert!(time <= TIME, "{name} takes {time:?}");
            assert!(memory <= MEMORY, "{name} takes {memory} bytes");
            self.count += 1;
            if time > self.time.0 {
                self.time = (time, name.clone());
            }
            if memory > self.memory.0 {
                self.memory = (memory, name);
            }
        }
    }

    #[test]
    fn no_document_costs_more_than_fifty_milliseconds_and_thirty_two_mebibytes() {
        let certificates = [rsa().certificate.clone()];
        let trust = Trust::new(IDP, &certificates);
        let mut most_expensive = MostExpensive::default();
        for base in bases::all() {
            for family in &FAMILIES {
                for bad in (family.of)(&base) {
                    let form_value = encode(&bad.document);
                    most_expensive.measure(format!("{}/{}-{}", family.why, base.name(), bad.name), || {
                        // the verdict is the other binary's business
                        drop(GatedResponse::decode(&form_value).and_then(|it| it.verify(&trust, &expected(), now())));
                    });
                }
            }
        }
        for bad in queries() {
            most_expensive.measure(format!("redirect/{}", bad.name), || drop(redirect::decode(&bad.query)));
        }
        let MostExpensive { time, memory, count } = most_expensive;
        println!("{count} documents; at the most {time:?} and {memory:?}");
    }
}
