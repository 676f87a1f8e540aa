//! The tables, in Markdown: medians of the rounds, and ratios.

use crate::round::Round;
use crate::stage::Figures;

/// The rounds of a system.
pub struct Row {
    /// The system.
    pub name: String,
    /// Its rounds.
    pub rounds: Vec<Round>,
    /// Resident memory before and after many sign-ins in one life, if that was asked for.
    pub memory: Option<[f64; 2]>,
}

impl Row {
    /// The median of a figure.
    fn median(&self, figure: impl Fn(&Round) -> f64) -> f64 {
        let mut values: Vec<f64> = self.rounds.iter().map(figure).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The median of a stage's processor time, server and database together.
    fn cpu(&self, stage: impl Fn(&Round) -> Figures) -> f64 {
        self.median(|round| server_and_database(stage(round)))
    }

    fn rate(&self) -> f64 {
        self.median(|round| round.acs.per_second)
    }

    /// From the authorization request to the answer of the userinfo endpoint.
    fn for_application(&self) -> f64 {
        let steps = |round: &Round| (0..round.application.len()).map(|step| step_cpu(round, step)).sum::<f64>();
        self.whole_flow() + self.median(steps)
    }

    fn whole_flow(&self) -> f64 {
        self.median(|round| [round.start, round.acs, round.redeem].map(server_and_database).iter().sum())
    }
}

fn server_and_database(figures: Figures) -> f64 {
    figures.cpu.server + figures.cpu.database
}

/// Both tables. `rsa` is a bare RSA-2048 verification in milliseconds: what a figure is in
/// those says the same on other machines.
#[must_use]
pub fn tables(rows: &[Row], rsa: f64) -> String {
    let lines = |line: fn(&Row, &Row, f64) -> String| -> String {
        rows.iter().filter_map(|row| Some(line(row, rows.first()?, rsa))).collect()
    };
    format!(
        "| system | ACS a second, 16 clients | p50 | p99 | p99 at half of the rate | CPU an ACS: server + database | \
         in bare RSA verifications | beside it, the client |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n{}\n\
         | system | CPU: start | ACS | redeem | whole flow | resident memory |\n| --- | --- | --- | --- | --- | --- |\n{}\n\
         | for an application | CPU of what follows | from authorize to userinfo | sign-ins a second of one processor |\n\
         | --- | --- | --- | --- |\n{}",
        lines(acs_line),
        lines(flow_line),
        applications(rows)
    )
}

/// The systems whose sign-ins are for an application, each compared with the first of them.
fn applications(rows: &[Row]) -> String {
    let rows: Vec<_> = rows.iter().filter(|row| row.rounds.iter().any(|round| !round.application.is_empty())).collect();
    let line = |row: &&Row| {
        let steps = row.rounds.first().map(|round| round.application.as_slice()).unwrap_or_default();
        let step = |(number, (name, _)): (usize, &(&str, Figures))| {
            let cpu = row.median(|round| step_cpu(round, number));
            format!("{name} {cpu:.2} ms")
        };
        let steps: Vec<_> = steps.iter().enumerate().map(step).collect();
        let (whole, first) = (row.for_application(), rows.first().map_or(f64::NAN, |first| first.for_application()));
        let (steps, ratio) = (steps.join(", "), ratio(whole, first));
        format!("| {} | {steps} | {whole:.2} ms ({ratio}) | {:.0} |\n", row.name, 1_000.0 / whole)
    };
    rows.iter().map(line).collect()
}

fn step_cpu(round: &Round, step: usize) -> f64 {
    round.application.get(step).map_or(f64::NAN, |(_, figures)| server_and_database(*figures))
}

fn acs_line(row: &Row, first: &Row, rsa: f64) -> String {
    let (rate, cpu) = (row.rate(), row.cpu(|round| round.acs));
    format!(
        "| {} | {rate:.0} ({}) | {:.1} ms | {:.1} ms | {:.1} ms | {:.2} + {:.2} = {cpu:.2} ms ({}) | {:.0} | {:.2} ms |\n",
        row.name,
        ratio(rate, first.rate()),
        row.median(|round| round.acs.p50),
        row.median(|round| round.acs.p99),
        row.median(|round| round.half.p99),
        row.median(|round| round.acs.cpu.server),
        row.median(|round| round.acs.cpu.database),
        ratio(cpu, first.cpu(|round| round.acs)),
        cpu / rsa,
        row.median(|round| round.acs.cpu.client),
    )
}

fn flow_line(row: &Row, first: &Row, _rsa: f64) -> String {
    let whole = row.whole_flow();
    let memory = match row.memory {
        Some([before, after]) => format!("{before:.0} MiB at start, {after:.0} MiB"),
        None => format!("{:.0} MiB", row.median(|round| round.resident)),
    };
    format!(
        "| {} | {:.2} ms | {:.2} ms | {:.2} ms | {whole:.2} ms ({}) | {memory} |\n",
        row.name,
        row.cpu(|round| round.start),
        row.cpu(|round| round.acs),
        row.cpu(|round| round.redeem),
        ratio(whole, first.whole_flow()),
    )
}

fn ratio(value: f64, of: f64) -> String {
    format!("{:.2}×", value / of)
}

/// A round on one line, for whoever watches.
#[must_use]
pub fn progress(name: &str, round: &Round) -> String {
    let stage = |name: &str, figures: Figures| {
        let Figures { per_second, p50, p99, cpu } = figures;
        format!(
            "{name} {per_second:.0}/s p50 {p50:.1} p99 {p99:.1} ms, CPU {:.2} + {:.2} ms, client {:.2} ms",
            cpu.server, cpu.database, cpu.client
        )
    };
    let stages =
        [("start", round.start), ("ACS", round.acs), ("redeem", round.redeem), ("ACS at half rate", round.half)];
    let of_application = round.application.iter().copied();
    let stages: Vec<_> = stages.into_iter().chain(of_application).map(|(name, figures)| stage(name, figures)).collect();
    let stages = stages.join("\n    ");
    format!("{name}:\n    {stages}\n    resident {:.0} MiB", round.resident)
}
