//! How long it takes to render text: a plain message, one with values, one with elements.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use messages::{segments, text};

fn render(criterion: &mut Criterion) {
    criterion.bench_function("plain", |bench| bench.iter(|| text!("common-save")));
    criterion.bench_function("missing", |bench| bench.iter(|| messages::has(black_box("common-nothing"))));
    criterion.bench_function("segments", |bench| bench.iter(|| segments("common-save", &[])));
}

criterion_group!(benches, render);
criterion_main!(benches);
