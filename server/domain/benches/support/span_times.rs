//! How long spans of one name were open.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tracing::Subscriber;
use tracing::span::{Attributes, Id};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

/// Notes how long each span of a name was open.
#[derive(Clone)]
pub struct SpanTimes {
    name: &'static str,
    times: Arc<Mutex<Vec<Duration>>>,
}

impl SpanTimes {
    /// Of the spans of this name.
    pub fn of(name: &'static str) -> Self {
        Self { name, times: Arc::default() }
    }

    /// The mean since this was last asked.
    pub fn take_mean(&self) -> Duration {
        let times = std::mem::take(&mut *self.times.lock().unwrap());
        times.iter().sum::<Duration>() / u32::try_from(times.len().max(1)).unwrap()
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for SpanTimes {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if attributes.metadata().name() != self.name {
            return;
        }
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(Instant::now());
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        if let Some(opened) = span.extensions().get::<Instant>() {
            self.times.lock().unwrap().push(opened.elapsed());
        }
    }
}
