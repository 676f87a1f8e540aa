//! Requests sent by many clients at once: as fast as answers come, or at a fixed rate.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, anyhow};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::http::{Answer, Connection};

/// At a fixed rate so many requests may wait for their answer at once; a server that is that
/// far behind shows it by its latencies.
const MOST_OPEN: usize = 64;

/// How requests are sent.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// So many clients, each of which sends its next request when it has its answer.
    Clients(usize),
    /// So many requests a second, whatever the answers.
    PerSecond(f64),
}

/// What came of it.
pub struct Answered {
    /// In the order of the requests.
    pub answers: Vec<Answer>,
    /// Of each request. At a fixed rate since it was due, so that a server that stands still
    /// is not spared the requests that would have come meanwhile.
    pub latencies: Vec<Duration>,
    /// From the first request to the last answer.
    pub elapsed: Duration,
}

struct Queue {
    requests: Vec<Vec<u8>>,
    next: AtomicUsize,
    began: Instant,
    per_second: Option<f64>,
}

/// Sends all requests. The connections are opened before the clock runs.
pub async fn send_all(to: SocketAddr, requests: Vec<Vec<u8>>, pace: Pace) -> Result<Answered> {
    let (clients, per_second) = match pace {
        Pace::Clients(clients) => (clients, None),
        Pace::PerSecond(rate) => (MOST_OPEN, Some(rate)),
    };
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(Connection::open(to).await?);
    }
    let began = Instant::now();
    let queue = Arc::new(Queue { requests, next: AtomicUsize::new(0), began, per_second });
    let mut workers = JoinSet::new();
    for connection in connections {
        workers.spawn(work(connection, Arc::clone(&queue)));
    }
    let mut answered: Vec<(usize, Answer, Duration)> = Vec::new();
    while let Some(worker) = workers.join_next().await {
        answered.extend(worker??);
    }
    let elapsed = began.elapsed();
    answered.sort_by_key(|(number, ..)| *number);
    let latencies = answered.iter().map(|(_, _, latency)| *latency).collect();
    Ok(Answered { answers: answered.into_iter().map(|(_, answer, _)| answer).collect(), latencies, elapsed })
}

async fn work(mut connection: Connection, queue: Arc<Queue>) -> Result<Vec<(usize, Answer, Duration)>> {
    let mut answered = Vec::new();
    loop {
        let number = queue.next.fetch_add(1, Ordering::Relaxed);
        let Some(request) = queue.requests.get(number) else { return Ok(answered) };
        let due = match queue.per_second {
            None => Instant::now(),
            #[expect(clippy::cast_precision_loss, reason = "there are some thousands")]
            Some(rate) => {
                let due = queue.began + Duration::from_secs_f64(number as f64 / rate);
                tokio::time::sleep_until(due).await;
                due
            }
        };
        let answer = connection.send(request).await.map_err(|error| anyhow!("request {number}: {error:#}"))?;
        answered.push((number, answer, due.elapsed()));
    }
}
