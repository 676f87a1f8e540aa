//! Sign-ins by day as bars, drawn by the server, with the table that they show.

use leptos::prelude::*;
use messages::text;
use model::team_statistics::SignInDay;

/// What the drawing measures, in its own units: each day is a column of ten, of which eight are the bar.
const COLUMN: usize = 10;
const BAR: usize = 8;
const HEIGHT: u64 = 60;

/// The days, the oldest first.
pub fn sign_in_chart(days: &[SignInDay]) -> AnyView {
    let count = days.len();
    let most = days.iter().map(|day| day.passed.saturating_add(day.failed)).max().unwrap_or(0);
    if most == 0 {
        return view! { <p class="empty">{text!("team-chart-none", days = count)}</p> }.into_any();
    }
    let bars: Vec<_> = days.iter().enumerate().map(|(place, day)| bar(place, day, most)).collect();
    let label = text!("team-chart", days = count);
    view! {
        <figure class="chart">
            <svg
                viewBox=format!("0 0 {} {HEIGHT}", count * COLUMN)
                preserveAspectRatio="none"
                role="img"
                aria-label=label.clone()
            >
                {bars}
            </svg>
            <figcaption class="chart__axis">
                <span>{days.first().map(|day| day.day.clone())}</span>
                <span>{label}</span>
                <span>{days.last().map(|day| day.day.clone())}</span>
            </figcaption>
            <details>
                <summary>{text!("team-chart-table")}</summary>
                {table(days)}
            </details>
        </figure>
    }
    .into_any()
}

/// What failed stands on what passed; whatever happened is at least a line.
fn bar(place: usize, day: &SignInDay, most: u64) -> impl IntoView + use<> {
    let height = |number: u64| match number.saturating_mul(HEIGHT) / most {
        0 if number > 0 => 1,
        height => height,
    };
    let (passed, failed) = (height(day.passed), height(day.failed));
    let x = (place * COLUMN).to_string();
    let title = text!("team-chart-bar", day = day.day.as_str(), passed = day.passed, failed = day.failed);
    let part = |class: &'static str, top: u64, height: u64| {
        let x = x.clone();
        view! {
            <rect
                class=class
                x=x
                y=top.to_string()
                width=BAR.to_string()
                height=height.to_string()
            />
        }
    };
    let top = HEIGHT.saturating_sub(passed);
    view! {
        <g>
            <title>{title}</title>
            {part("chart__passed", top, passed)}
            {part("chart__failed", top.saturating_sub(failed), failed)}
        </g>
    }
}

fn table(days: &[SignInDay]) -> impl IntoView + use<> {
    let rows = days.iter().rev().filter(|day| day.passed + day.failed > 0).map(|day| {
        view! {
            <tr>
                <td data-label=text!("team-chart-day")>{day.day.clone()}</td>
                <td data-label=text!("team-chart-passed")>{day.passed}</td>
                <td data-label=text!("team-chart-failed")>{day.failed}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{text!("team-chart", days = days.len())}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("team-chart-day")}</th>
                    <th scope="col">{text!("team-chart-passed")}</th>
                    <th scope="col">{text!("team-chart-failed")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(days: &[(u64, u64)]) -> String {
        let day = |(place, (passed, failed)): (usize, &(u64, u64))| SignInDay {
            day: format!("2026-11-{:02}", place + 1),
            passed: *passed,
            failed: *failed,
        };
        let days: Vec<_> = days.iter().enumerate().map(day).collect();
        Owner::new().with(|| sign_in_chart(&days).to_html())
    }

    #[test]
    fn bars_are_as_high_as_their_numbers_and_never_vanish() {
        let shown = html(&[(1000, 0), (1, 500), (0, 0)]);
        assert_eq!(shown.matches("chart__passed").count(), 3, "{shown}");
        assert!(shown.contains("height=\"60\"") && shown.contains("height=\"30\""), "{shown}");
        assert!(shown.contains("height=\"1\""), "one of a thousand is seen: {shown}");
        assert!(shown.contains("2026-11-02: 1 signed in, 500 failed"), "{shown}");
        assert_eq!(shown.matches("<tr>").count(), 3, "days without sign-ins are not in the table: {shown}");
    }

    #[test]
    fn a_team_that_nobody_signs_in_to_has_no_chart() {
        let shown = html(&[(0, 0), (0, 0)]);
        assert!(shown.contains("Nobody has signed in") && !shown.contains("<svg"), "{shown}");
    }
}
