//! Parts of a page that follow what they show.

use leptos::prelude::*;
use messages::text;
use model::attempts::LiveTopic;

use super::script::module_script;
use crate::api::attempts::{AttemptList, marker};
use crate::routes;

/// What a part of a page follows.
#[derive(Clone, Debug)]
pub struct LiveSource {
    /// The stream's address.
    stream: String,
    /// What the stream said before the page's content was read.
    marker: Option<String>,
}

impl LiveSource {
    /// Reads how the topic stands now. To be called before the page's content is read.
    pub async fn read(list: &AttemptList, topic: &LiveTopic) -> Self {
        let stream = routes::attempts_live(&list.address(), topic);
        Self { stream, marker: marker(list, topic).await }
    }
}

/// Content that `app/assets/live.js` replaces when the stream says that it has changed. One a
/// page: the script finds its newer self by its ID. Without scripts there is a link.
pub fn live(source: LiveSource, content: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div class="live">
            <div id="live" class="stack" data-live=source.stream data-marker=source.marker>
                {content}
            </div>
            <p class="live__state cluster">
                <span
                    data-live-state
                    data-updated=text!("layout-live-updated")
                    data-newer=text!("layout-live-newer")
                    aria-live="polite"
                ></span>
                // the page's own address
                <a href="" data-live-refresh>
                    {text!("layout-live-refresh")}
                </a>
            </p>
            {module_script(routes::LIVE_SCRIPT)}
        </div>
    }
}
