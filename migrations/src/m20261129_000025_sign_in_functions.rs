//! PostgreSQL only: the steps of a usual sign-in as functions, each of which is one call of
//! `store::sign_in_steps` (docs/decisions/0053).
//!
//! What accepts or redeems locks the team first; what starts locks nothing, as its statement on SQLite. Each later
//! statement of a function sees what was committed until then, so that it may decide and write. What says FALSE,
//! or answers with no row, has written nothing; what finds after its first write that another transaction was
//! quicker raises `SI001`, which takes that back.
//!
//! A released function stays as it is, since replicas of the version before call it: another one gets the
//! next number at the end of its name, and the old one is dropped in a later release.
//!
//! Besides, a kept message of less than 8 KB stays in its row: it is sealed, so compressing it is in vain, and
//! outside of its row it would be two rows more with an index entry each.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::execute;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Adds an attempt, unless the team at the address is not the one that is expected, not active, has
/// another live revision, or has so many sign-ins open that somebody has to look closer.
const START: &str = "
CREATE FUNCTION start_sign_in_1(
    p_slug text, p_open_since timestamptz, p_open_limit bigint,
    p_id uuid, p_team uuid, p_revision uuid, p_reference text, p_is_test boolean, p_initiated_by text,
    p_request_id text, p_relay_state_hash bytea, p_browser_hash bytea, p_return_to text,
    p_created_at timestamptz, p_expires_at timestamptz, p_event_count integer, p_force_authn boolean,
    p_line text, p_sealed bytea, p_application uuid, p_authorization_request text
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM teams t JOIN revisions l ON l.team_id = t.id AND l.state = 'live'
        WHERE t.slug = p_slug AND t.id = p_team AND t.status = 'active' AND l.id = p_revision
        -- both counted in indexes alone, as count_open_at_slug does
        AND (SELECT count(*) FROM attempts o WHERE o.team_id = p_team AND o.created_at > p_open_since
                AND o.code_hash IS NULL AND o.finding IS NULL)
            - (SELECT count(*) FROM attempts o WHERE o.team_id = p_team AND o.created_at > p_open_since
                AND o.code_hash IS NULL AND o.finding IS NULL AND o.is_test) < p_open_limit;
    IF NOT FOUND THEN RETURN FALSE; END IF;
    INSERT INTO attempts (id, team_id, revision_id, reference, is_test, initiated_by, request_id,
            relay_state_hash, browser_hash, return_to, status, created_at, expires_at, event_count,
            force_authn, awaits_answer, application_id, authorization_request)
        VALUES (p_id, p_team, p_revision, p_reference, p_is_test, p_initiated_by, p_request_id,
            p_relay_state_hash, p_browser_hash, p_return_to, 'open', p_created_at, p_expires_at, p_event_count,
            p_force_authn, FALSE, p_application, p_authorization_request::json);
    INSERT INTO attempt_stages (attempt_id, stage, document) VALUES (p_id, 'start', p_line);
    IF p_sealed IS NOT NULL THEN
        INSERT INTO attempt_documents (attempt_id, kind, sealed, created_at)
            VALUES (p_id, 'request', p_sealed, p_created_at);
    END IF;
    RETURN TRUE;
END $$";

/// Accepts the response of somebody whose row says already what the response says of them. It writes in
/// the order of the statement that accepts any response, so that the two never wait for each other.
const ACCEPT: &str = "
CREATE FUNCTION accept_known_person_1(
    p_team uuid, p_attempt uuid, p_assertion_hash bytea, p_replay_until timestamptz, p_subject_key text,
    p_name_id text, p_profile text, p_claims text, p_now timestamptz, p_subject text, p_name_id_format text,
    p_name_qualifier text, p_sp_name_qualifier text, p_session_index text, p_session_not_after timestamptz,
    p_assertion_issued_at timestamptz, p_authenticated_at timestamptz, p_certificate_sha256 text,
    p_code_hash bytea, p_code_expires_at timestamptz, p_event_count integer, p_line text, p_sealed bytea,
    p_authn_context text, p_search_text text, p_revision uuid
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_person uuid;
    v_profile json;
    v_claims json;
BEGIN
    PERFORM 1 FROM teams t WHERE t.id = p_team FOR SHARE;
    SELECT p.id INTO v_person FROM people p
        WHERE p.team_id = p_team AND p.subject_key = p_subject_key AND p.deactivated_at IS NULL
        AND p.name_id = p_name_id AND p.profile::text = p_profile
        AND EXISTS (SELECT 1 FROM revisions l WHERE l.team_id = p_team AND l.state = 'live' AND l.id = p_revision)
        AND NOT EXISTS (SELECT 1 FROM received_logouts r
            WHERE r.team_id = p_team AND r.name_id = p_name_id AND r.expires_at > p_now)
        AND EXISTS (SELECT 1 FROM attempts a
            WHERE a.id = p_attempt AND a.team_id = p_team AND a.status = 'open'
            -- the application that asked for the sign-in may still be used by the team
            AND (a.application_id IS NULL OR EXISTS (SELECT 1 FROM applications c
                WHERE c.id = a.application_id AND c.disabled_at IS NULL AND (c.is_for_all_teams
                    OR EXISTS (SELECT 1 FROM application_teams x
                        WHERE x.application_id = c.id AND x.team_id = p_team)))));
    IF NOT FOUND THEN RETURN FALSE; END IF;
    INSERT INTO consumed_assertions (team_id, assertion_id_hash, expires_at)
        VALUES (p_team, p_assertion_hash, p_replay_until) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN FALSE; END IF;
    v_profile := p_profile::json;
    v_claims := p_claims::json;
    UPDATE people p SET name_id = p_name_id, profile = v_profile, claims = v_claims,
            last_sign_in_at = p_now, search_text = p_search_text
        WHERE p.id = v_person AND p.team_id = p_team;
    IF NOT FOUND THEN RAISE EXCEPTION 'the person was erased' USING ERRCODE = 'SI001'; END IF;
    UPDATE attempts a SET status = 'verified', subject = p_subject, name_id = p_name_id,
            name_id_format = p_name_id_format, name_qualifier = p_name_qualifier,
            sp_name_qualifier = p_sp_name_qualifier, session_index = p_session_index,
            session_not_after = p_session_not_after, assertion_issued_at = p_assertion_issued_at,
            authenticated_at = p_authenticated_at, certificate_sha256 = p_certificate_sha256,
            code_hash = p_code_hash, code_expires_at = p_code_expires_at, expires_at = p_code_expires_at,
            event_count = a.event_count + p_event_count, authn_context = p_authn_context,
            profile = v_profile, claims = v_claims, person_id = v_person
        WHERE a.id = p_attempt AND a.team_id = p_team AND a.status = 'open';
    IF NOT FOUND THEN RAISE EXCEPTION 'the attempt has ended' USING ERRCODE = 'SI001'; END IF;
    INSERT INTO attempt_stages (attempt_id, stage, document) VALUES (p_attempt, 'response', p_line)
        ON CONFLICT (attempt_id, stage) DO UPDATE SET document = attempt_stages.document || excluded.document;
    IF p_sealed IS NOT NULL THEN
        INSERT INTO attempt_documents (attempt_id, kind, sealed, created_at)
            VALUES (p_attempt, 'response', p_sealed, p_now);
    END IF;
    RETURN TRUE;
END $$";

/// Redeems a person's one-time code in the browser that began, and begins their session. Codes that another
/// button or another browser redeems, tests' and the vendor's own team's are left alone.
const REDEEM: &str = "
CREATE FUNCTION redeem_code_1(
    p_slug text, p_code_hash bytea, p_browser_hash bytea, p_now timestamptz, p_latest_end timestamptz,
    p_token_hash bytea, p_event_count integer, p_line text,
    OUT o_team uuid, OUT o_reference text, OUT o_application uuid, OUT o_return_to text,
    OUT o_session_not_after timestamptz
) LANGUAGE plpgsql AS $$
DECLARE
    v_team uuid;
    v_attempt record;
BEGIN
    SELECT t.id INTO v_team FROM teams t
        WHERE t.slug = p_slug AND t.status = 'active' AND NOT t.is_vendor FOR SHARE;
    IF NOT FOUND THEN RETURN; END IF;
    UPDATE attempts a SET status = 'succeeded', finished_at = p_now, code_used_at = p_now,
            event_count = a.event_count + p_event_count
        WHERE a.team_id = v_team AND a.code_hash = p_code_hash AND a.status = 'verified'
        AND a.code_used_at IS NULL AND a.code_expires_at > p_now AND a.browser_hash = p_browser_hash
        AND a.person_id IS NOT NULL AND a.name_id IS NOT NULL AND a.is_test = FALSE
        AND a.initiated_by <> 'idp' AND a.awaits_answer = FALSE
        AND EXISTS (SELECT 1 FROM revisions l
            WHERE l.team_id = v_team AND l.state = 'live' AND l.id = a.revision_id)
        AND NOT EXISTS (SELECT 1 FROM received_logouts r
            WHERE r.team_id = v_team AND r.name_id = a.name_id AND r.expires_at > p_now)
        RETURNING a.id, a.reference, a.application_id, a.return_to, a.session_not_after, a.person_id, a.name_id,
            a.name_id_format, a.name_qualifier, a.sp_name_qualifier, a.session_index, a.revision_id INTO v_attempt;
    IF NOT FOUND THEN RETURN; END IF;
    INSERT INTO attempt_stages (attempt_id, stage, document) VALUES (v_attempt.id, 'end', p_line)
        ON CONFLICT (attempt_id, stage) DO UPDATE SET document = attempt_stages.document || excluded.document;
    o_team := v_team;
    o_reference := v_attempt.reference;
    o_application := v_attempt.application_id;
    o_return_to := v_attempt.return_to;
    o_session_not_after := v_attempt.session_not_after;
    INSERT INTO person_sessions (token_hash, team_id, person_id, created_at, expires_at, name_id,
            name_id_format, name_qualifier, sp_name_qualifier, session_index, revision_id, attempt_id)
        -- LEAST passes over what is not there
        VALUES (p_token_hash, v_team, v_attempt.person_id, p_now,
            LEAST(v_attempt.session_not_after, p_latest_end), v_attempt.name_id,
            v_attempt.name_id_format, v_attempt.name_qualifier, v_attempt.sp_name_qualifier,
            v_attempt.session_index, v_attempt.revision_id, v_attempt.id);
END $$";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for function in [START, ACCEPT, REDEEM] {
            execute(manager, function).await?;
        }
        execute(manager, "ALTER TABLE attempt_documents SET (toast_tuple_target = 8160)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for function in ["start_sign_in_1", "accept_known_person_1", "redeem_code_1"] {
            execute(manager, &format!("DROP FUNCTION {function}")).await?;
        }
        execute(manager, "ALTER TABLE attempt_documents RESET (toast_tuple_target)").await
    }
}
