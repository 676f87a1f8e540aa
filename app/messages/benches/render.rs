//! How long it takes to render text: a plain message, one with values, one with a plural, and one
//! with elements inside.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use messages::{segments, text};

fn render(criterion: &mut Criterion) {
    criterion.bench_function("plain", |bench| bench.iter(|| text!("common-save")));
    criterion.bench_function("long", |bench| bench.iter(|| text!("upload-metadata-not-metadata")));
    criterion.bench_function("value", |bench| {
        bench.iter(|| text!("remediation-fixer-support", vendor = black_box("Krisp")));
    });
    criterion.bench_function("plural", |bench| {
        bench.iter(|| text!("notices-sessions-ended", count = black_box(3_u64)));
    });
    criterion.bench_function("segments", |bench| {
        bench.iter(|| segments("notices-saved-first", &[]));
    });
}

criterion_group!(benches, render);
criterion_main!(benches);
