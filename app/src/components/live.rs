//! Parts of a page that follow what they show.

use leptos::prelude::*;

use crate::api::sign_ins::{Scope, Watched};
use crate::routes;

/// What a part follows.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The stream's address.
    stream: String,
    /// What the stream said before the page's content was read.
    marker: Option<String>,
}

impl Followed {
    /// Asks how what is watched stands now. To be called before it is read.
    pub async fn now(scope: &Scope, watched: &Watched) -> Self {
        let stream = routes::live(&scope.list(), watched.as_str());
        Self { stream, marker: crate::api::sign_ins::marker(scope, watched).await }
    }
}

/// Content that `app/assets/live.js` replaces when the stream says that it has changed. One a
/// page: the script finds its newer self by its ID. Without scripts there is a link.
pub fn live(followed: Followed, content: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div class="live">
            <div id="live" class="stack" data-live=followed.stream data-marker=followed.marker>
                {content}
            </div>
            <p class="live__state cluster">
                <span data-live-state aria-live="polite"></span>
                // the page's own address
                <a href="" data-live-refresh>
                    "Refresh"
                </a>
            </p>
            {script()}
        </div>
    }
}

fn script() -> impl IntoView {
    #[cfg(feature = "ssr")]
    let nonce = leptos::nonce::use_nonce().map(|nonce| nonce.to_string());
    #[cfg(not(feature = "ssr"))]
    let nonce = None::<String>;
    view! { <script type="module" src=routes::LIVE_SCRIPT nonce=nonce></script> }
}
