//! A round: sign-ins from the Sign on URL to the session, each stage measured by itself.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::http::Answer;
use crate::identity_provider::IdentityProvider;
use crate::load::Pace;
use crate::processes::resident_mib;
use crate::stage::{CLIENTS, Figures, Measured};
use crate::system::{Started, System};

/// At most so many sign-ins answer at a fixed rate.
const MOST_AT_FIXED_RATE: usize = 4_000;
/// A replica of the portal lets 10,000 people in at once and 3,000 more a minute (decision 24);
/// with some left over, since its clock and ours are not read at once.
const LET_IN_AT_ONCE: usize = 9_000;
const LET_IN_PER_SECOND: f64 = 45.0;

/// What a round came to.
#[derive(Clone, Debug)]
pub struct Round {
    /// The Sign on URL.
    pub start: Figures,
    /// The assertion consumer service, by clients that wait for each other's processors.
    pub acs: Figures,
    /// Redeeming the code.
    pub redeem: Figures,
    /// What follows for an application: the names of the steps, and each.
    pub application: Vec<(&'static str, Figures)>,
    /// The assertion consumer service at half of the rate of before.
    pub half: Figures,
    /// Resident memory of the server after all this, in MiB.
    pub resident: f64,
}

/// One system in the benchmark: its numbers go on from round to round, so that each sign-in is
/// another one.
pub struct Bench<'a> {
    /// The server.
    pub system: &'a mut dyn System,
    /// Who signs.
    pub provider: &'a IdentityProvider,
    next: usize,
}

impl<'a> Bench<'a> {
    /// Before the first round.
    pub fn new(system: &'a mut dyn System, provider: &'a IdentityProvider) -> Self {
        Self { system, provider, next: 0 }
    }

    /// A round of so many sign-ins, then so many seconds at half of the rate that was reached.
    pub async fn round(&mut self, sign_ins: usize, seconds: f64) -> Result<Round> {
        let mut start = Measured::default();
        let started = self.start(sign_ins, &mut start).await?;
        let (mut acs, mut redeem, mut half) = (Measured::default(), Measured::default(), Measured::default());
        let codes = self.respond(&started, Pace::Clients(CLIENTS), &mut acs).await?;
        let redeemed = self.redeem(&started, &codes, &mut redeem).await?;
        let application = self.application(&started, redeemed).await?;
        let acs = acs.figures();

        let rate = acs.per_second / 2.0;
        let due = Duration::from_secs_f64(rate * seconds).as_secs();
        let due = usize::try_from(due)?.clamp(100, MOST_AT_FIXED_RATE.min(self.most_sign_ins()));
        let started = self.start(due, &mut Measured::default()).await?;
        self.respond(&started, Pace::PerSecond(rate), &mut half).await?;
        let resident = resident_mib(self.system.server_pid())?;
        Ok(Round { start: start.figures(), acs, redeem: redeem.figures(), application, half: half.figures(), resident })
    }

    /// As many as may be with the identity provider at once: 500 of a team.
    fn most_sign_ins(&self) -> usize {
        self.provider.teams().saturating_mul(450)
    }

    /// Starts so many sign-ins. Where the server lets only some start at once, it is restarted
    /// on the way, which it knows nothing of afterwards but what is in the database.
    async fn start(&mut self, sign_ins: usize, measured: &mut Measured) -> Result<Vec<Started>> {
        let mut started = Vec::with_capacity(sign_ins);
        while started.len() < sign_ins {
            self.system.restart()?;
            let batch = self.system.most_started().min(sign_ins - started.len());
            started.extend(self.start_batch(batch, measured).await?);
        }
        Ok(started)
    }

    async fn start_batch(&mut self, sign_ins: usize, measured: &mut Measured) -> Result<Vec<Started>> {
        let numbers = self.next..self.next + sign_ins;
        self.next = numbers.end;
        let system = &*self.system;
        let requests = numbers.clone().map(|number| system.start(number)).collect();
        let answers = measured.send(system, requests, Pace::Clients(CLIENTS)).await.context("start")?;
        numbers.zip(&answers).map(|(number, answer)| system.started(number, answer).context("start")).collect()
    }

    /// Signs all responses, then posts them; answers with where the codes are redeemed.
    async fn respond(&self, started: &[Started], pace: Pace, measured: &mut Measured) -> Result<Vec<String>> {
        let system = &*self.system;
        let signed = |started: &Started| {
            let response = self.provider.respond(started.number, &started.request)?;
            system.respond(started, &response)
        };
        let requests = started.iter().map(signed).collect::<Result<Vec<_>>>()?;
        let answers = measured.send(system, requests, pace).await.context("ACS")?;
        answers.iter().map(|answer| system.responded(answer).context("ACS")).collect()
    }

    async fn redeem(&self, started: &[Started], codes: &[String], measured: &mut Measured) -> Result<Vec<Answer>> {
        let system = &*self.system;
        let requests = started.iter().zip(codes).map(|(started, code)| system.redeem(started, code));
        let requests = requests.collect::<Result<Vec<_>>>()?;
        let answers = measured.send(system, requests, Pace::Clients(CLIENTS)).await.context("redeem")?;
        answers.iter().try_for_each(|answer| system.redeemed(answer).context("redeem"))?;
        Ok(answers)
    }

    /// What follows for an application that asked for the sign-ins.
    async fn application(&self, started: &[Started], mut before: Vec<Answer>) -> Result<Vec<(&'static str, Figures)>> {
        let (system, mut figures) = (&*self.system, Vec::new());
        for (step, name) in system.application_steps().iter().copied().enumerate() {
            let requests = started.iter().zip(&before);
            let requests =
                requests.map(|(started, before)| system.application_step(step, started, before).context(name));
            let requests = requests.collect::<Result<Vec<_>>>()?;
            let mut measured = Measured::default();
            before = measured.send(system, requests, Pace::Clients(CLIENTS)).await.context(name)?;
            figures.push((name, measured.figures()));
        }
        if !figures.is_empty() {
            before.iter().try_for_each(|answer| system.application_done(answer))?;
        }
        Ok(figures)
    }

    /// Resident memory of a server that has just started, and after so many sign-ins in one
    /// life of it, which takes as long as it lets that many people in.
    pub async fn memory(&mut self, sign_ins: usize) -> Result<[f64; 2]> {
        self.system.restart()?;
        let before = resident_mib(self.system.server_pid())?;
        let began = Instant::now();
        let mut done = 0;
        while done < sign_ins {
            wait_for_room(done, began).await;
            let batch = self.system.most_started().min(sign_ins - done).min(512);
            let started = self.start_batch(batch, &mut Measured::default()).await?;
            let codes = self.respond(&started, Pace::Clients(CLIENTS), &mut Measured::default()).await?;
            self.redeem(&started, &codes, &mut Measured::default()).await?;
            done += batch;
        }
        Ok([before, resident_mib(self.system.server_pid())?])
    }
}

/// Waits until a server that has let in so many lets in more.
async fn wait_for_room(done: usize, began: Instant) {
    let over = u32::try_from(done.saturating_sub(LET_IN_AT_ONCE)).unwrap_or(u32::MAX);
    let due = Duration::from_secs_f64(f64::from(over) / LET_IN_PER_SECOND);
    tokio::time::sleep(due.saturating_sub(began.elapsed())).await;
}
