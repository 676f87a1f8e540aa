//! What the benchmarks of this crate share: services on a fresh database.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::clock::{Clock, OsRandom};
use domain::sealed::{KeyRing, SecretKey};
use domain::settings::{GoLive, Retention, SamlPolicy, SecondFactor, SecondOpinion, SignUp, ValidityPolicy};
use domain::urls::PublicUrls;
use domain::{Services, Settings};
use store::testing::TestDb;

/// Services on a database, at the time that a clock tells.
pub async fn services(test: &TestDb, clock: Arc<dyn Clock>) -> Services {
    let key: SecretKey = SecretKey::generate("bench", &OsRandom).parse().unwrap();
    let key_ring = KeyRing::new(vec![key]).unwrap();
    Services::new(test.db.clone(), clock, Arc::new(OsRandom), settings(), key_ring).await.unwrap()
}

fn settings() -> Settings {
    let base: url::Url = "http://localhost:3000".parse().unwrap();
    Settings {
        polis_compatible: false,
        brand: model::Brand {
            product_name: "Bench".into(),
            vendor_name: "Bench".into(),
            support_email: "support@example.com".into(),
            accent: "#5b4ce0".into(),
            logo: None,
        },
        logo: None,
        urls: PublicUrls::new(base.clone(), base, &[]),
        go_live: GoLive::Review,
        review_target: TimeDelta::hours(24),
        sign_up: SignUp::Open,
        session_lifetime: TimeDelta::hours(12),
        session_idle: TimeDelta::hours(1),
        reauthentication_lifetime: TimeDelta::minutes(15),
        person_session_lifetime: TimeDelta::hours(12),
        second_factor: SecondFactor::Support,
        saml: SamlPolicy {
            clock_skew: TimeDelta::minutes(3),
            validity: ValidityPolicy::Enforced,
            second_opinion: SecondOpinion::Never,
        },
        allow_private_addresses: false,
        retention: Retention { attempts: TimeDelta::days(90), xml: TimeDelta::days(14), people: None },
        mail_to_folder: Some("data/mail".into()),
    }
}
