//! The colours of a mail. Mail programs know no `color-mix`, so what a mail takes from the accent
//! is computed here: a button and links that can be read whatever colour the vendor has set.

/// Behind links in the light, and in the dark.
const LIGHT: Rgb = Rgb([244, 244, 247]);
const DARK: Rgb = Rgb([28, 31, 38]);
const BLACK: Rgb = Rgb([0, 0, 0]);
const WHITE: Rgb = Rgb([255, 255, 255]);

/// What text needs (WCAG 2.2, 1.4.3), with a little to spare for rounding.
const TEXT_CONTRAST: f64 = 4.6;
/// What the edge of a control needs (WCAG 2.2, 1.4.11).
const EDGE_CONTRAST: f64 = 3.0;

/// The colours that follow the accent, as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    /// The button.
    pub(super) accent: String,
    /// Text on the button: black or white.
    pub(super) on_accent: String,
    /// The button's edge in the dark, where the button alone might not be seen.
    pub(super) edge_in_the_dark: String,
    /// Links in the light.
    pub(super) link: String,
    /// Links in the dark.
    pub(super) link_in_the_dark: String,
}

impl Palette {
    /// From an accent `#rrggbb`, which the configuration has checked; black if it is none.
    pub(super) fn of(accent: &str) -> Self {
        let accent = Rgb::parse(accent).unwrap_or(BLACK);
        let on_accent = if accent.contrast(WHITE) >= accent.contrast(BLACK) { WHITE } else { BLACK };
        Self {
            accent: accent.to_hex(),
            on_accent: on_accent.to_hex(),
            edge_in_the_dark: accent.mixed_until(WHITE, EDGE_CONTRAST, DARK).to_hex(),
            link: accent.mixed_until(BLACK, TEXT_CONTRAST, LIGHT).to_hex(),
            link_in_the_dark: accent.mixed_until(WHITE, TEXT_CONTRAST, DARK).to_hex(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rgb([u8; 3]);

impl Rgb {
    fn parse(text: &str) -> Option<Self> {
        let mut channels = [0; 3];
        hex::decode_to_slice(text.strip_prefix('#')?, &mut channels).ok()?;
        Some(Self(channels))
    }

    fn to_hex(self) -> String {
        format!("#{}", hex::encode(self.0))
    }

    /// The relative luminance of WCAG.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// Mixed with `end`, as little as it takes to contrast so much with `background`.
    fn mixed_until(self, end: Self, contrast: f64, background: Self) -> Self {
        let mut mixed = (0..=100).map(|percent| self.mixed(end, percent));
        mixed.find(|mixed| mixed.contrast(background) >= contrast).unwrap_or(end)
    }

    fn mixed(self, end: Self, percent: u32) -> Self {
        let ([red, green, blue], [red_end, green_end, blue_end]) = (self.0, end.0);
        let mix = |from: u8, to: u8| {
            let channel = (u32::from(from) * (100 - percent) + u32::from(to) * percent) / 100;
            u8::try_from(channel).unwrap_or(to)
        };
        Self([mix(red, red_end), mix(green, green_end), mix(blue, blue_end)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_can_be_read() {
        for accent in ["#5b4ce0", "#000000", "#ffffff", "#ffee00", "#ff0000", "#0000ff", "#777777", "#123456"] {
            let palette = Palette::of(accent);
            let contrast = |one: &str, two: Rgb| Rgb::parse(one).unwrap().contrast(two);
            assert_eq!(palette.accent, accent);
            assert!(contrast(&palette.on_accent, Rgb::parse(accent).unwrap()) >= 4.5, "{palette:?}");
            assert!(contrast(&palette.link, LIGHT) >= 4.5 && contrast(&palette.link, WHITE) >= 4.5, "{palette:?}");
            assert!(contrast(&palette.link_in_the_dark, DARK) >= 4.5, "{palette:?}");
            assert!(contrast(&palette.edge_in_the_dark, DARK) >= 3.0, "{palette:?}");
        }
    }

    #[test]
    fn what_is_no_colour_is_black() {
        assert_eq!(Palette::of("red;}").accent, "#000000");
    }
}
