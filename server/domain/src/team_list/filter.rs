//! What an address asks the list for.

use chrono::TimeDelta;
use model::Timestamp;
use model::support::{CertificateExpiry, SignInsState, TeamListFilter, TeamSort};
use store::team_list::{SortValue, TeamPageStart, TeamPosition, TeamQuery};

use crate::list_filters::from_micros;

/// How long before its end a certificate "ends soon".
pub(crate) const ENDS_SOON: TimeDelta = TimeDelta::days(30);
/// How long a sign-in that failed says that a team's sign-ins fail.
const FAILING_FOR: TimeDelta = TimeDelta::days(7);

/// What the store is asked for.
pub(super) fn query(filter: &TeamListFilter, now: Timestamp) -> TeamQuery {
    let (certificate_ends_from, certificate_ends_before) = match filter.certificate {
        Some(CertificateExpiry::EndsSoon) => (Some(now), Some(now + ENDS_SOON)),
        Some(CertificateExpiry::Over) => (None, Some(now)),
        None => (None, None),
    };
    TeamQuery {
        status: filter.state,
        waiting: filter.waiting,
        certificate_ends_from,
        certificate_ends_before,
        failed_since: filter.sign_ins.map(|SignInsState::Failing| now - FAILING_FOR),
        quiet_since: filter.quiet.map(|quiet| now - TimeDelta::days(quiet.days().into())),
        identity_provider: filter.provider,
        sort: filter.sort,
        start: start(filter),
    }
}

fn start(filter: &TeamListFilter) -> TeamPageStart {
    let after = parse_cursor(&filter.after, filter.sort).map(TeamPageStart::After);
    after.or_else(|| parse_cursor(&filter.before, filter.sort).map(TeamPageStart::Before)).unwrap_or_default()
}

/// A place in the list, for an address.
pub(super) fn cursor(place: &TeamPosition) -> String {
    match &place.value {
        SortValue::Text(text) => format!("{}_{text}", place.team),
        SortValue::Moment(at) => format!("{}_{}", place.team, at.timestamp_micros()),
    }
}

fn parse_cursor(text: &str, sort: TeamSort) -> Option<TeamPosition> {
    let (team, value) = text.split_once('_')?;
    let value = match sort {
        TeamSort::Name => SortValue::Text(value.chars().filter(|character| !character.is_control()).collect()),
        TeamSort::StatusSince | TeamSort::LastSignIn | TeamSort::LongestQuiet => SortValue::Moment(from_micros(value)?),
    };
    Some(TeamPosition { value, team: team.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_cursor_reads_back_and_anything_else_does_not() {
        let team = Uuid::from_u128(7).into();
        let at = from_micros("1795000000123456").unwrap();
        for (sort, value) in [
            (TeamSort::Name, SortValue::Text("müller & co_kg 100%".to_owned())),
            (TeamSort::StatusSince, SortValue::Moment(at)),
            // nobody ever signed in
            (TeamSort::LongestQuiet, SortValue::Moment(Timestamp::default())),
        ] {
            let place = TeamPosition { value, team };
            assert_eq!(parse_cursor(&cursor(&place), sort), Some(place));
        }
        for text in ["", "1", "x_1", "_", "00000000-0000-0000-0000-000000000007_x"] {
            assert_eq!(parse_cursor(text, TeamSort::LastSignIn), None, "{text}");
        }
    }

    #[test]
    fn what_nobody_could_have_chosen_filters_nothing() {
        let now = from_micros("1795000000123456").unwrap();
        let filter = |quiet: &str| {
            TeamListFilter::of_address(|name| match name {
                TeamListFilter::Q => String::new(),
                TeamListFilter::QUIET => quiet.to_owned(),
                _ => "x".to_owned(),
            })
        };
        for quiet in ["", "0", "-1", "3651", "9223372036854775807", "x"] {
            assert_eq!(query(&filter(quiet), now), TeamQuery::default(), "{quiet}");
        }
        assert_eq!(query(&filter("30"), now).quiet_since, Some(now - TimeDelta::days(30)));
    }
}
