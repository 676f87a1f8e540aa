//! What support and a team wrote to each other in a review.

use leptos::prelude::*;
use messages::text;
use model::support::{ReviewAuthor, ReviewMessageView};

use super::time::moment;

/// The thread, the oldest message first; nothing where nobody wrote.
pub fn review_thread(messages: Vec<ReviewMessageView>) -> Option<impl IntoView> {
    if messages.is_empty() {
        return None;
    }
    let items = messages.into_iter().map(|message| {
        let author = match message.author {
            ReviewAuthor::Support(None) => text!("review-support"),
            ReviewAuthor::Support(Some(who)) => text!("review-support-who", who = who),
            ReviewAuthor::Member(who) => who,
        };
        view! {
            <li>
                <p class="cluster">
                    <strong>{author}</strong>
                    <span class="muted">{moment(message.created_at)}</span>
                </p>
                <blockquote>{message.words}</blockquote>
            </li>
        }
    });
    Some(view! {
        <section class="card stack stack--tight" aria-labelledby="review-thread">
            <h2 class="card__title" id="review-thread">
                {text!("review-thread")}
            </h2>
            <ol role="list" class="stack stack--tight">
                {items.collect_view()}
            </ol>
        </section>
    })
}
