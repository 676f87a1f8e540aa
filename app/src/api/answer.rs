//! How a submitted form is answered: 303 to the next page, or 303 back to its own page,
//! where what was typed and what is wrong with it wait in the store.

use domain::cookies;
use http::{HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use model::{FieldProblem, FormState, Notice};

use super::request::Request;
use crate::error::ApiError;

/// A form that was submitted.
pub struct SubmittedForm<'a> {
    /// Its name: under which its page asks for it.
    pub name: &'static str,
    /// The page that holds it.
    pub page: &'a str,
    /// What was typed. Secrets are left out: they are typed again.
    pub values: &'a [(&'static str, &'a str)],
}

impl SubmittedForm<'_> {
    /// Answers with the next page, or with this form's own page and its problems.
    ///
    /// # Errors
    /// For callers that are no navigating browser: what is wrong, with the status that belongs
    /// to it.
    pub async fn answer(self, request: &Request, result: Result<String, domain::Error>) -> Result<(), ApiError> {
        let error = match result {
            Ok(next) => {
                see_other(&next);
                return Ok(());
            }
            Err(error) => error,
        };
        let problems = match error {
            domain::Error::Invalid(problems) => problems,
            // the server makes a page of it, and what was typed is not kept: that costs a row
            domain::Error::TooManyRequests { .. } | domain::Error::Busy if request.is_navigation() => {
                fail(error);
                return Ok(());
            }
            domain::Error::NotFound if request.is_navigation() => {
                see_other(self.page);
                return Ok(());
            }
            domain::Error::Internal(_) if request.is_navigation() => {
                error.log();
                vec![(String::new(), FieldProblem::Failed)]
            }
            other => return self.send_to_prerequisite(request, other).await,
        };
        let state = self.state(problems);
        if !request.is_navigation() {
            set_status(StatusCode::UNPROCESSABLE_ENTITY);
            return Err(ApiError::InvalidForm(state));
        }
        self.save_and_redirect(request, state, self.page).await;
        Ok(())
    }

    /// Sends a browser to do what is missing first. What was typed is there again when it
    /// comes back.
    async fn send_to_prerequisite(self, request: &Request, error: domain::Error) -> Result<(), ApiError> {
        let error = fail(error);
        let prerequisite = error.prerequisite_page(Some(self.page)).filter(|_| request.is_navigation());
        let Some(prerequisite) = prerequisite else { return Err(error) };
        if error == ApiError::SignInNeeded {
            // whoever is not signed in could have rows kept without end
            see_other(&prerequisite);
        } else {
            self.save_and_redirect(request, self.state(Vec::new()), &prerequisite).await;
        }
        Ok(())
    }

    /// Answers as [`Self::answer`] does, and has the next page say what was done.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub async fn answer_with_notice(
        self,
        request: &Request,
        next: String,
        result: Result<Notice, domain::Error>,
    ) -> Result<(), ApiError> {
        if let Ok(notice) = &result
            && request.is_navigation()
        {
            let state = FormState { notice: Some(Box::new(notice.clone())), ..FormState::default() };
            let form = SubmittedForm { name: Notice::FORM, page: &next, values: &[] };
            // what was done is done, whether the next page can say so or not
            if let Err(error) = form.keep(request, state).await {
                error.log();
            }
        }
        self.answer(request, result.map(|_| next)).await
    }

    /// Answers with this form's own page, which shows what was typed and says what was found.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub async fn answer_with_values(
        self,
        request: &Request,
        result: Result<Notice, domain::Error>,
    ) -> Result<(), ApiError> {
        let page = self.page.to_owned();
        if let Ok(notice) = &result
            && request.is_navigation()
        {
            let state = FormState { notice: Some(Box::new(notice.clone())), ..self.state(Vec::new()) };
            if let Err(error) = self.keep(request, state).await {
                error.log();
            }
        }
        self.answer(request, result.map(|_| page)).await
    }

    /// Keeps these values for a page that the browser is about to be sent to.
    pub async fn save_for_next_page(&self, request: &Request) {
        if let Err(error) = self.keep(request, self.state(Vec::new())).await {
            error.log();
        }
    }

    fn state(&self, problems: Vec<(String, FieldProblem)>) -> FormState {
        let values = self.values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        FormState { values, problems, ..FormState::default() }
    }

    async fn save_and_redirect(&self, request: &Request, state: FormState, page: &str) {
        match self.keep(request, state).await {
            Ok(()) => see_other(page),
            Err(error) => drop(fail(error)),
        }
    }

    /// Keeps what was typed until the form's page is shown again.
    async fn keep(&self, request: &Request, state: FormState) -> Result<(), domain::Error> {
        let cookie = domain::form_state::save(&request.services, &request.actor, self.name, state).await?;
        append_header(header::SET_COOKIE, &cookie);
        Ok(())
    }
}

/// Turns a domain error into what the caller may know, with its status and headers.
pub fn fail(error: domain::Error) -> ApiError {
    let error = ApiError::from(error);
    set_status(error.status());
    if let Some(seconds) = error.retry_after() {
        insert_header(header::RETRY_AFTER, &seconds.to_string());
    }
    error
}

/// Answers 303 See Other. `to` is an address of our own: a path, never a host.
pub fn see_other(to: &str) {
    set_status(StatusCode::SEE_OTHER);
    insert_header(header::LOCATION, to);
}

/// Sends a cookie, whole as `domain::cookies` made it.
pub fn set_cookie(cookie: &str) {
    append_header(header::SET_COOKIE, cookie);
}

/// Hands a new session to the browser, and says where it goes: to its second factor if that
/// is awaited, else to `next`, a path of ours, or to where its pages begin.
pub fn start_session(session: domain::accounts::NewSession, next: Option<String>) -> String {
    set_cookie(&session.cookie);
    if let Some(device) = &session.device_cookie {
        set_cookie(device);
    }
    if session.is_awaiting_second_factor {
        return crate::routes::second_factor(next.as_deref());
    }
    next.unwrap_or(session.home)
}

/// Removes the session's cookie from the browser.
pub fn remove_session_cookie(request: &Request) {
    set_cookie(&cookies::clear(&request.services, cookies::Cookie::AccountSession));
}

pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

fn insert_header(name: HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.insert_header(name, value);
    }
}

fn append_header(name: HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.append_header(name, value);
    }
}
