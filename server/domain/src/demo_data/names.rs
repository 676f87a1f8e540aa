//! Names of teams that do not exist.

const FIRST: [&str; 40] = [
    "Adventure",
    "Alder",
    "Amber",
    "Aurora",
    "Beacon",
    "Birch",
    "Blue",
    "Bright",
    "Cedar",
    "City",
    "Clear",
    "Coast",
    "Copper",
    "Crystal",
    "Delta",
    "East",
    "Elm",
    "Evergreen",
    "Falcon",
    "Fern",
    "Forest",
    "Fourth",
    "Golden",
    "Grand",
    "Harbor",
    "Hill",
    "Iron",
    "Juniper",
    "Lake",
    "Lunar",
    "Maple",
    "North",
    "Oak",
    "Pine",
    "River",
    "Silver",
    "South",
    "Stone",
    "West",
    "Wide",
];
const SECOND: [&str; 40] = [
    "Airlines",
    "Analytics",
    "Automotive",
    "Bakery",
    "Bank",
    "Books",
    "Chemicals",
    "Clinic",
    "Coffee",
    "Construction",
    "Consulting",
    "Design",
    "Electronics",
    "Energy",
    "Engineering",
    "Fashion",
    "Films",
    "Foods",
    "Furniture",
    "Games",
    "Glass",
    "Health",
    "Hotels",
    "Insurance",
    "Labs",
    "Legal",
    "Logistics",
    "Media",
    "Motors",
    "Music",
    "Optics",
    "Paper",
    "Pharma",
    "Printing",
    "Robotics",
    "Shipping",
    "Software",
    "Steel",
    "Toys",
    "Travel",
];
const LAST: [&str; 4] = ["Ltd", "GmbH", "Inc.", "S.A."];

/// A team's name: words that many have, and a number that few have.
pub(super) fn team_name(number: u32) -> String {
    format!("{} {} {number} {}", pick(&FIRST, number), pick(&SECOND, number / 40), pick(&LAST, number / 7))
}

/// The e-mail domain of a team.
pub(super) fn domain(number: u32) -> String {
    format!("{}-{}-{number}.example", pick(&FIRST, number), pick(&SECOND, number / 40)).to_lowercase()
}

fn pick<const N: usize>(from: &[&'static str; N], number: u32) -> &'static str {
    usize::try_from(number).ok().and_then(|number| from.get(number % N)).copied().unwrap_or_default()
}
