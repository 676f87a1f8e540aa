//! Who of support reviews a team: taking the review, and handing it over.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;
use model::ids::AccountId;
use model::support::{ReviewAssignment, ReviewerView};

use super::form::{described_by, field_problem};
use super::rich_text::rich_text;
use super::time::moment;
use crate::api::reviews::{HandReviewOver, TakeReview};

/// Who reviews the team now, and what can be done about it.
pub fn review_assignment(assignment: ReviewAssignment, slug: &str, form: &FormState) -> impl IntoView + use<> {
    let is_mine = assignment.reviewer.as_ref().is_some_and(|reviewer| reviewer.is_you);
    let take_label = if assignment.reviewer.is_some() {
        text!("review-assignment-take-over-button")
    } else {
        text!("review-assignment-take-button")
    };
    let take = (assignment.may_take && !is_mine).then(|| {
        view! {
            <form method="post" action=TakeReview::url() class="form-actions">
                <input type="hidden" name="slug" value=slug.to_owned() />
                <button type="submit" class="button">
                    {take_label}
                </button>
            </form>
        }
    });
    let hand_over =
        (assignment.may_take && !assignment.others.is_empty()).then(|| hand_over(assignment.others, slug, form));
    view! {
        <section class="card stack stack--tight" aria-labelledby="review-assignment">
            <h2 class="card__title" id="review-assignment">
                {text!("review-assignment-title")}
            </h2>
            {who(assignment.reviewer)}
            {take}
            {hand_over}
        </section>
    }
}

fn who(reviewer: Option<ReviewerView>) -> AnyView {
    let Some(ReviewerView { email, is_you, since }) = reviewer else {
        return view! { <p>{text!("review-assignment-nobody")}</p> }.into_any();
    };
    let since = moment(since).into_any();
    if is_you {
        return view! { <p>{rich_text("review-assignment-you", vec![("since", since)])}</p> }.into_any();
    }
    let who = view! { <strong>{email}</strong> }.into_any();
    view! { <p>{rich_text("review-assignment-other", vec![("who", who), ("since", since)])}</p> }.into_any()
}

fn hand_over(others: Vec<(AccountId, String)>, slug: &str, form: &FormState) -> impl IntoView + use<> {
    let options = others.into_iter().map(|(id, email)| view! { <option value=id.to_string()>{email}</option> });
    let invalid = form.problem("account").is_some().then_some("true");
    view! {
        <details open=invalid.is_some()>
            <summary>{text!("review-assignment-hand-over")}</summary>
            <form method="post" action=HandReviewOver::url() class="stack stack--tight">
                <input type="hidden" name="slug" value=slug.to_owned() />
                <div class="field">
                    <label for="account">{text!("review-assignment-hand-over-to")}</label>
                    <p class="field__hint" id="account-hint">
                        {text!("review-assignment-hand-over-to.hint")}
                    </p>
                    {field_problem(form, "account")}
                    <select
                        id="account"
                        name="account"
                        aria-invalid=invalid
                        aria-describedby=described_by(form, "account", true)
                    >
                        {options.collect_view()}
                    </select>
                </div>
                <div class="form-actions">
                    <button type="submit" class="button">
                        {text!("review-assignment-hand-over-button")}
                    </button>
                </div>
            </form>
        </details>
    }
}
