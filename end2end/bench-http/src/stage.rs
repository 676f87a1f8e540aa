//! One stage of many sign-ins, measured.

use std::time::Duration;

use anyhow::Result;

use crate::http::Answer;
use crate::load::{Pace, send_all};
use crate::processes::CpuTimes;
use crate::system::System;

/// So many clients send at once, unless a rate is fixed.
pub const CLIENTS: usize = 16;
/// So many requests of each server's life are sent before the clock runs: connections are
/// opened then, and statements prepared.
pub const WARM_UP: usize = 64;

/// What was measured of a stage, as it was added up.
#[derive(Debug, Default)]
pub struct Measured {
    elapsed: Duration,
    latencies: Vec<Duration>,
    cpu: CpuTimes,
}

/// The figures of a stage.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Answers a second.
    pub per_second: f64,
    /// Half of the answers took no longer, in milliseconds.
    pub p50: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
    /// Processor time of one request, in milliseconds.
    pub cpu: CpuTimes,
}

impl Measured {
    /// Sends the requests of a stage, the first ones unmeasured; answers with all answers.
    pub async fn send(&mut self, system: &dyn System, mut requests: Vec<Vec<u8>>, pace: Pace) -> Result<Vec<Answer>> {
        let measured = requests.split_off(WARM_UP.min(requests.len() / 2));
        let mut answers = send_all(system.address(), requests, Pace::Clients(CLIENTS)).await?.answers;
        let cpu_times = || CpuTimes::read(system.server_pid(), system.database_pid());
        let before = cpu_times()?;
        let answered = send_all(system.address(), measured, pace).await?;
        self.cpu = self.cpu.plus(cpu_times()?.since(before));
        self.elapsed += answered.elapsed;
        self.latencies.extend(answered.latencies);
        answers.extend(answered.answers);
        Ok(answers)
    }

    /// The figures.
    #[must_use]
    pub fn figures(mut self) -> Figures {
        self.latencies.sort_unstable();
        let count = f64::from(u32::try_from(self.latencies.len()).unwrap_or(u32::MAX));
        Figures {
            per_second: count / self.elapsed.as_secs_f64(),
            p50: self.percentile(50),
            p99: self.percentile(99),
            cpu: self.cpu.milliseconds_each(count),
        }
    }

    /// In milliseconds.
    fn percentile(&self, percent: usize) -> f64 {
        let at = (self.latencies.len() * percent / 100).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).copied().unwrap_or_default().as_secs_f64() * 1_000.0
    }
}
