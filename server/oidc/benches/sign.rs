//! What an ID token costs: made by us, and verified as a client does.
//!
//! `cargo bench -p oidc`

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use model::SigningAlgorithm;
use oidc::jose::jws;
use oidc::{IdTokenClaims, JwkSet, PersonClaims, SigningKey, id_token};

fn claims(amr: &[String]) -> IdTokenClaims<'_> {
    IdTokenClaims {
        iss: "https://login.example.com",
        sub: "3fT0dVvA5o3h1H2gTt4bJc0mQe3pWq9lY8kZr7sXu1A",
        aud: "01980a3e-7c1f-7f43-9d1a-3c6b1f0a2d55",
        exp: 1_800_000_600,
        iat: 1_800_000_000,
        auth_time: 1_799_999_990,
        nonce: Some("n-0S6_WzA2Mj"),
        acr: None,
        amr,
        sid: Some("hJtXIZ2uSN5kbQfbtTNWbg"),
        at_hash: Some("77QmUPtjPfzWtF2AnpK9RQ".to_owned()),
        person: PersonClaims {
            name: Some("Anna Berg".to_owned()),
            email: Some("anna.berg@example.com".to_owned()),
            email_verified: Some(true),
            ..PersonClaims::default()
        },
    }
}

fn id_tokens(c: &mut Criterion) {
    let amr = ["pwd".to_owned(), "mfa".to_owned()];
    let claims = claims(&amr);
    let mut group = c.benchmark_group("ID token");
    for &algorithm in SigningAlgorithm::ALL {
        let key = SigningKey::generate(algorithm).unwrap();
        let keys = JwkSet { keys: vec![key.jwk().clone()] };
        let token = key.sign(id_token::TYP, &claims).unwrap();
        let name = algorithm.as_str();
        group.bench_function(format!("{name} sign"), |b| {
            b.iter(|| key.sign(id_token::TYP, black_box(&claims)).unwrap());
        });
        group.bench_function(format!("{name} verify"), |b| b.iter(|| jws::verify(black_box(&token), &keys).unwrap()));
    }
}

criterion_group!(benches, id_tokens);
criterion_main!(benches);
