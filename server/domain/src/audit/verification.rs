//! Verifies that no event of the trail was changed or taken out.
//!
//! Each chain is walked from its first event to its end: every event must stand at its
//! place, name the hash of the one before, and have the hash that its content gives.
//! Whoever can write to the database could still write a whole chain anew. Against that,
//! anchors help: the ends of all chains, printed at some time and kept elsewhere, must still
//! stand in the chains later.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use store::audit::{self, AuditEvent};
use store::{ConnectionTrait, teams};
use uuid::Uuid;

use super::chain;
use crate::{Action, Actor, Error, Services};

/// Events read at once.
const BATCH: u64 = 500;

/// What was found of one chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainReport {
    /// The team's slug, `vendor`, or the identifier of a chain whose team is gone.
    pub name: String,
    /// How many events were read.
    pub events: u64,
    /// Its end: what may be kept as an anchor.
    pub anchor: Option<Anchor>,
    /// What is wrong; nothing if it is whole.
    pub problems: Vec<ChainProblem>,
}

/// What was found of the whole trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationReport {
    /// Every chain.
    pub chains: Vec<ChainReport>,
}

impl VerificationReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.chains.iter().all(|chain| chain.problems.is_empty())
    }
}

/// What is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainProblem {
    /// An event is missing.
    #[error("event {expected} is missing: the next one is {found}")]
    Missing {
        /// The place where one should stand.
        expected: i64,
        /// The next that there is.
        found: i64,
    },
    /// An event was changed after it was written.
    #[error("event {sequence} was changed")]
    Changed {
        /// Its place.
        sequence: i64,
    },
    /// An event does not follow the one before it.
    #[error("event {sequence} does not follow the one before it: one of them was replaced")]
    Unlinked {
        /// Its place.
        sequence: i64,
    },
    /// The last events are missing, or the note of the chain's end was changed.
    #[error("the chain ends at event {found} and should end at {expected}")]
    Truncated {
        /// Where the chain should end.
        expected: i64,
        /// Where it ends.
        found: i64,
    },
    /// There is no note of the chain's end.
    #[error("the note of the chain's end is missing")]
    HeadMissing,
    /// An anchor does not stand in the chain.
    #[error("event {sequence} is not the one of the anchor: the chain was written anew")]
    AnchorMismatch {
        /// Its place.
        sequence: i64,
    },
}

/// A place in a chain and its hash, written as `chain:sequence:hash`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The chain.
    pub chain: Uuid,
    /// The place.
    pub sequence: i64,
    /// The hash of the event there.
    pub hash: Vec<u8>,
}

/// The text is no anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an anchor is written chain:sequence:hash, as `portal audit verify` prints it")]
pub struct InvalidAnchor;

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.chain, self.sequence, hex::encode(&self.hash))
    }
}

impl FromStr for Anchor {
    type Err = InvalidAnchor;

    fn from_str(text: &str) -> Result<Self, InvalidAnchor> {
        let mut parts = text.trim().split(':');
        let (Some(chain), Some(sequence), Some(hash), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(InvalidAnchor);
        };
        Ok(Self {
            chain: chain.parse().map_err(|_| InvalidAnchor)?,
            sequence: sequence.parse().map_err(|_| InvalidAnchor)?,
            hash: hex::decode(hash).map_err(|_| InvalidAnchor)?,
        })
    }
}

/// Walks every chain, against anchors kept from earlier if there are any.
#[tracing::instrument(name = "verify_audit_trail", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn verify(services: &Services, actor: &Actor, anchors: &[Anchor]) -> Result<VerificationReport, Error> {
    actor.authorize_support(Action::ViewVendorAudit)?;
    let tx = services.db.snapshot().await?;
    let mut ends: BTreeMap<Uuid, Option<Anchor>> = audit::chains(&tx).await?.into_iter().map(|id| (id, None)).collect();
    for head in audit::heads(&tx).await? {
        let end = Anchor { chain: head.chain, sequence: head.sequence, hash: head.hash };
        ends.insert(head.chain, Some(end));
    }
    for anchor in anchors {
        ends.entry(anchor.chain).or_default();
    }
    let mut report = VerificationReport { chains: Vec::new() };
    for (id, end) in ends {
        let expected: Vec<_> = anchors.iter().filter(|anchor| anchor.chain == id).collect();
        let mut walk = Walk::new(&expected);
        walk.read_chain(&tx, id).await?;
        report.chains.push(ChainReport {
            name: name(&tx, id).await?,
            events: walk.events,
            problems: walk.end(end.as_ref()),
            anchor: end,
        });
    }
    Ok(report)
}

async fn name(db: &impl ConnectionTrait, chain: Uuid) -> Result<String, Error> {
    if chain.is_nil() {
        return Ok("vendor".to_owned());
    }
    Ok(teams::by_id(db, chain.into()).await?.map_or_else(|| chain.to_string(), |team| team.slug.to_string()))
}

/// A walk along one chain.
struct Walk<'a> {
    anchors: Vec<&'a Anchor>,
    events: u64,
    last: i64,
    hash: Vec<u8>,
    problems: Vec<ChainProblem>,
}

impl<'a> Walk<'a> {
    fn new(anchors: &[&'a Anchor]) -> Self {
        Self { anchors: anchors.to_vec(), events: 0, last: 0, hash: Vec::new(), problems: Vec::new() }
    }

    async fn read_chain(&mut self, db: &impl ConnectionTrait, chain: Uuid) -> Result<(), Error> {
        loop {
            let batch = audit::links(db, chain, self.last, BATCH).await?;
            for event in &batch {
                self.step(event);
            }
            if batch.is_empty() {
                return Ok(());
            }
        }
    }

    fn step(&mut self, event: &AuditEvent) {
        let sequence = event.sequence;
        let stored = event.hash.clone();
        if sequence != self.last + 1 {
            self.problems.push(ChainProblem::Missing { expected: self.last + 1, found: sequence });
        } else if event.previous_hash != self.hash {
            self.problems.push(ChainProblem::Unlinked { sequence });
        }
        if chain::hash(event) != stored {
            self.problems.push(ChainProblem::Changed { sequence });
        }
        self.anchors.retain(|anchor| {
            let here = anchor.sequence == sequence;
            if here && anchor.hash != stored {
                self.problems.push(ChainProblem::AnchorMismatch { sequence });
            }
            !here
        });
        (self.last, self.hash) = (sequence, stored);
        self.events += 1;
    }

    fn end(mut self, end: Option<&Anchor>) -> Vec<ChainProblem> {
        match end {
            None => self.problems.push(ChainProblem::HeadMissing),
            Some(end) if end.sequence == self.last && end.hash == self.hash => {}
            Some(end) => self.problems.push(ChainProblem::Truncated { expected: end.sequence, found: self.last }),
        }
        for anchor in &self.anchors {
            self.problems.push(ChainProblem::Truncated { expected: anchor.sequence, found: self.last });
        }
        self.problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_reads_back() {
        let anchor = Anchor { chain: Uuid::from_u128(7), sequence: 12, hash: vec![0xab; 32] };
        assert_eq!(anchor.to_string().parse(), Ok(anchor));
        for text in
            ["", "vendor:1:00", "00000000-0000-0000-0000-000000000000:1", "00000000-0000-0000-0000-000000000000:1:00:2"]
        {
            assert_eq!(text.parse::<Anchor>(), Err(InvalidAnchor), "{text}");
        }
    }
}
