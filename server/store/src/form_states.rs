//! Refused forms on their way back to their page.

use model::FormState;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::form_states;
use crate::row::to_json;
use crate::{Result, Timestamp};

/// Keeps a refused form for the browser with this token; a form of that name before it goes.
pub async fn keep(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    form: &str,
    state: &FormState,
    expires_at: Timestamp,
) -> Result<()> {
    let row = form_states::ActiveModel {
        token_hash: Set(token_hash.to_vec()),
        form: Set(form.to_owned()),
        state: Set(to_json(state)),
        expires_at: Set(expires_at),
    };
    let replace = OnConflict::columns([form_states::Column::TokenHash, form_states::Column::Form])
        .update_columns([form_states::Column::State, form_states::Column::ExpiresAt])
        .to_owned();
    form_states::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// The refused form of this browser, once.
pub async fn take(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    form: &str,
    now: Timestamp,
) -> Result<Option<FormState>> {
    let key = (token_hash.to_vec(), form.to_owned());
    let found =
        form_states::Entity::find_by_id(key.clone()).filter(form_states::Column::ExpiresAt.gt(now)).one(db).await?;
    let Some(found) = found else { return Ok(None) };
    form_states::Entity::delete_by_id(key).exec(db).await?;
    // A state that another version wrote is worth nothing to this one.
    Ok(serde_json::from_value(found.state).ok())
}
