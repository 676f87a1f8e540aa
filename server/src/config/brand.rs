//! `[brand]`: what the vendor calls itself, and how it looks.

use std::path::PathBuf;

use domain::image_type::{MAX_KILOBYTES, media_type, version};
use domain::settings::BrandLogo;
use model::{Brand, paths};

use super::reader::ConfigReader;

/// The file that `brand.logo` names: SVG or PNG, which every browser shows.
pub(super) fn logo(reader: &mut ConfigReader) -> Option<BrandLogo> {
    let file: PathBuf = reader.optional("brand.logo", "a file")?;
    let Ok(content) = std::fs::read(&file) else {
        reader.problem("brand.logo", "names a file that cannot be read");
        return None;
    };
    let media_type = media_type(&content).filter(|kind| ["image/svg+xml", "image/png"].contains(kind));
    match media_type {
        _ if content.len() > MAX_KILOBYTES * 1024 => reader.problem("brand.logo", "must have 128 KB at most"),
        None => reader.problem("brand.logo", "must be an SVG or PNG file"),
        Some(media_type) => return Some(BrandLogo { media_type, content }),
    }
    None
}

/// The vendor's names, colour and logo.
pub(super) fn brand(reader: &mut ConfigReader, logo: Option<&BrandLogo>) -> Brand {
    let accent = reader.text("brand.accent", "#5b4ce0");
    let hex = accent.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if hex.is_none() {
        reader.problem("brand.accent", "must be a colour such as #5b4ce0");
    }
    Brand {
        product_name: reader.text("brand.product_name", "Krisp Technologies"),
        vendor_name: reader.text("brand.vendor_name", "Krisp Technologies"),
        support_email: reader.text("brand.support_email", "support@krisp.ai"),
        accent,
        logo: logo.map(|logo| paths::brand_logo(&version(&logo.content))),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn a_logo_is_a_picture_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("logo");
        let problem = |content: Option<&[u8]>| {
            if let Some(content) = content {
                std::fs::write(&file, content).unwrap();
            }
            let config = format!("[brand]\nlogo = \"{}\"", file.display());
            match Config::from_toml(&config) {
                Ok(config) => config.settings.brand.logo.unwrap(),
                Err(error) => error.to_string(),
            }
        };
        assert!(problem(None).contains("brand.logo") && problem(None).contains("cannot be read"));
        assert!(problem(Some(b"GIF89a")).contains("must be an SVG or PNG file"));
        assert!(problem(Some(&vec![0; 200 * 1024])).contains("must have 128 KB at most"));
        assert!(problem(Some(b"<svg/>")).starts_with("/brand/logo/"));
    }
}
