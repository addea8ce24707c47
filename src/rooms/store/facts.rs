//! What a room wants remembered, as SQL, with its audit entry (`noted`) in one transaction.

use serde_json::json;
use signaling::message::{Consent, Role};
use signaling::room::Fact;

use super::Opened;
use super::late::Tell;
use super::owner::{Hold, Unsaved};
use super::{noted, turn};
use crate::audit::{Actor, Entry, store::append};
use crate::base::clock::Moment;
use crate::base::ids::{SeatId, SnippetId, VisitId};
use crate::identity::sessions;
use crate::store::words::spelled;
use crate::store::{Connection, StoreError, sql};
use crate::timeline;
use crate::visits::help;

/// All of it or, where the room is not ours any more, nothing.
pub(in crate::rooms) async fn commit(
    c: &mut Connection,
    hold: &Hold,
    about: &Opened,
    facts: &[Fact],
    now: Moment,
    tell: &Tell,
) -> Result<(), Unsaved> {
    hold.check(c).await?;
    let visit = &hold.visit;
    for fact in facts {
        save(c, visit, fact, now).await?;
        if let Some(entry) = noted::entry(visit, about, fact, now) {
            append(c, &entry).await?;
        }
        if let Fact::TextDue { seat } = fact {
            tell.turn(c, (&about.facility, visit), seat, now).await?;
        }
        if let Fact::RunningLate { minutes, .. } = fact {
            tell.late(c, (&about.facility, visit), *minutes, now).await?;
        }
        if needs_no_help(about, fact) && help::store::withdraw(c, visit, now).await? {
            let (facility, visit, detail) = (Some(about.facility.clone()), Some(visit.clone()), json!({ "why": "got_in" }));
            let (actor, action) = (Actor::Gateway, "help.withdrawn");
            append(c, &Entry { at: now, actor, action, facility, visit, seat: None, detail }).await?;
        }
    }
    Ok(())
}

/// The patient got in without a technician, or the visit is over.
fn needs_no_help(about: &Opened, fact: &Fact) -> bool {
    match fact {
        Fact::Admitted { seat, .. } => about.role_of(seat) == Some(Role::Patient),
        Fact::Ended { .. } => true,
        _ => false,
    }
}

async fn save(c: &mut Connection, visit: &VisitId, fact: &Fact, now: Moment) -> Result<(), StoreError> {
    match fact {
        Fact::SeatHeld { seat, device } | Fact::TookOver { seat, device, .. } => hold(c, seat, device).await,
        Fact::CheckedIn { seat, at } | Fact::SentBack { seat, at, .. } => wait(c, seat, *at).await,
        Fact::TextMe { seat, wanted, at } => turn::ask(c, seat, wanted.then_some(*at)).await,
        Fact::Admitted { seat, by, at, .. } => {
            admit(c, seat, *at).await?;
            if seat == by { Ok(()) } else { start(c, visit, *at).await }
        }
        Fact::Denied { seat, .. } => shut_out(c, seat, "denied", now).await,
        Fact::Removed { seat, .. } => shut_out(c, seat, "removed", now).await,
        Fact::Left { seat, .. } => put(c, seat, "left").await,
        Fact::Revoked { seat } => put(c, seat, "expected").await,
        Fact::RunningLate { minutes, .. } => run_late(c, visit, *minutes).await,
        Fact::ByPhone { on, .. } => go_by_phone(c, visit, on.then_some(now)).await,
        Fact::Ended { .. } => end(c, visit, now).await,
        Fact::ConsentAsked { .. } => consent(c, visit, Consent::Asked).await,
        Fact::ConsentAnswered { answer, .. } => consent(c, visit, *answer).await,
        Fact::SnippetHeld { snippet, audience, .. } => offer(c, snippet, "held", audience).await,
        Fact::SnippetOffered { snippet, audience, .. } => offer(c, snippet, "offered", audience).await,
        Fact::SnippetShown { snippet, by } => shown(c, snippet, by, now).await,
        Fact::SnippetSeen { snippet, by } => seen(c, snippet, by, now).await,
        Fact::SnippetRejected { snippet, .. } => reject(c, snippet).await,
        Fact::SnippetMayKeep { snippet, .. } => may_keep(c, snippet).await,
        Fact::SnippetWithdrawn { snippet, .. } => withdraw(c, snippet, now).await,
        Fact::SnippetWithdrawnFrom { snippet, seat, .. } => withdraw_from(c, snippet, seat, now).await,
        Fact::Path(row) => timeline::store::path(c, visit, row).await,
        Fact::Happened { seat, what, at } => timeline::store::happened(c, visit, seat, *what, *at).await,
        Fact::CommandDone { seat, command } => remember(c, seat, command.as_str(), now).await,
        // For the audit, or for those who are texted.
        Fact::Knocked { .. }
        | Fact::TextDue { .. }
        | Fact::TakeoverAsked { .. }
        | Fact::TakeoverRefused { .. }
        | Fact::SnippetRefused { .. }
        | Fact::NotAllowed { .. } => Ok(()),
    }
}

async fn hold(c: &mut Connection, seat: &SeatId, device: &str) -> Result<(), StoreError> {
    let query = sql("UPDATE seats SET live_session = $1 WHERE id = $2").bind(device).bind(seat.as_str());
    query.execute(c).await?;
    Ok(())
}

async fn wait(c: &mut Connection, seat: &SeatId, since: i64) -> Result<(), StoreError> {
    sql("UPDATE seats SET state = 'waiting', waiting_since = $1, admitted_at = NULL WHERE id = $2")
        .bind(since)
        .bind(seat.as_str())
        .execute(c)
        .await?;
    Ok(())
}

async fn admit(c: &mut Connection, seat: &SeatId, at: i64) -> Result<(), StoreError> {
    sql("UPDATE seats SET state = 'admitted', admitted_at = $1 WHERE id = $2").bind(at).bind(seat.as_str()).execute(c).await?;
    Ok(())
}

/// The first person let in begins the visit.
async fn start(c: &mut Connection, visit: &VisitId, at: i64) -> Result<(), StoreError> {
    sql("UPDATE visits SET started_at = $1 WHERE id = $2 AND started_at IS NULL")
        .bind(at)
        .bind(visit.as_str())
        .execute(c)
        .await?;
    Ok(())
}

/// For good: the link answers as if it were unknown, and every device loses its session.
async fn shut_out(c: &mut Connection, seat: &SeatId, state: &str, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE seats SET state = $1 WHERE id = $2").bind(state).bind(seat.as_str()).execute(&mut *c).await?;
    sessions::end_of_seat(c, seat, now).await
}

/// Out of the visit, but not for good.
async fn put(c: &mut Connection, seat: &SeatId, state: &str) -> Result<(), StoreError> {
    sql(
        "UPDATE seats SET state = $1, waiting_since = NULL, admitted_at = NULL WHERE id = $2 AND state NOT IN ('denied', 'removed')",
    )
    .bind(state)
    .bind(seat.as_str())
    .execute(c)
    .await?;
    Ok(())
}

async fn run_late(c: &mut Connection, visit: &VisitId, minutes: u32) -> Result<(), StoreError> {
    sql("UPDATE visits SET late_minutes = $1 WHERE id = $2").bind(i64::from(minutes)).bind(visit.as_str()).execute(c).await?;
    Ok(())
}

async fn go_by_phone(c: &mut Connection, visit: &VisitId, since: Option<Moment>) -> Result<(), StoreError> {
    sql("UPDATE visits SET by_phone_at = $1 WHERE id = $2")
        .bind(since.map(|since| since.0))
        .bind(visit.as_str())
        .execute(c)
        .await?;
    Ok(())
}

async fn end(c: &mut Connection, visit: &VisitId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE visits SET state = 'ended', ended_at = $1 WHERE id = $2 AND state = 'booked'")
        .bind(now.0)
        .bind(visit.as_str())
        .execute(&mut *c)
        .await?;
    nobody_is_in(c, visit).await
}

/// The same for a visit that was ended outside its room.
pub(in crate::rooms) async fn empty_seats(c: &mut Connection, hold: &Hold) -> Result<(), Unsaved> {
    hold.check(c).await?;
    Ok(nobody_is_in(c, &hold.visit).await?)
}

async fn nobody_is_in(c: &mut Connection, visit: &VisitId) -> Result<(), StoreError> {
    sql("UPDATE seats SET state = 'left' WHERE visit_id = $1 AND state IN ('waiting', 'admitted')")
        .bind(visit.as_str())
        .execute(c)
        .await?;
    Ok(())
}

async fn consent(c: &mut Connection, visit: &VisitId, answer: Consent) -> Result<(), StoreError> {
    sql("UPDATE visits SET consent = $1 WHERE id = $2").bind(spelled(answer)).bind(visit.as_str()).execute(c).await?;
    Ok(())
}

async fn offer(c: &mut Connection, snippet: &SnippetId, state: &str, audience: &[SeatId]) -> Result<(), StoreError> {
    set_snippet(c, snippet, state).await?;
    for seat in audience {
        sql("INSERT INTO snippet_audience (snippet_id, seat_id) VALUES ($1, $2) ON CONFLICT (snippet_id, seat_id) DO UPDATE SET gone_at = NULL")
            .bind(snippet.as_str())
            .bind(seat.as_str())
            .execute(&mut *c)
            .await?;
    }
    Ok(())
}

async fn shown(c: &mut Connection, snippet: &SnippetId, by: &SeatId, now: Moment) -> Result<(), StoreError> {
    set_snippet(c, snippet, "shown").await?;
    sql("UPDATE snippet_audience SET shown_at = COALESCE(shown_at, $1) WHERE snippet_id = $2 AND seat_id = $3")
        .bind(now.0)
        .bind(snippet.as_str())
        .bind(by.as_str())
        .execute(c)
        .await?;
    Ok(())
}

async fn seen(c: &mut Connection, snippet: &SnippetId, by: &SeatId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE snippet_audience SET seen_at = COALESCE(seen_at, $1) WHERE snippet_id = $2 AND seat_id = $3")
        .bind(now.0)
        .bind(snippet.as_str())
        .bind(by.as_str())
        .execute(c)
        .await?;
    Ok(())
}

/// Rejected by one page while another shows it: it stays shown.
async fn reject(c: &mut Connection, snippet: &SnippetId) -> Result<(), StoreError> {
    sql("UPDATE snippets SET state = 'rejected' WHERE id = $1 AND state <> 'shown'").bind(snippet.as_str()).execute(c).await?;
    Ok(())
}

async fn may_keep(c: &mut Connection, snippet: &SnippetId) -> Result<(), StoreError> {
    sql("UPDATE snippets SET keep = 1 WHERE id = $1").bind(snippet.as_str()).execute(c).await?;
    Ok(())
}

async fn withdraw(c: &mut Connection, snippet: &SnippetId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE snippets SET state = 'withdrawn', gone_at = $1 WHERE id = $2")
        .bind(now.0)
        .bind(snippet.as_str())
        .execute(c)
        .await?;
    Ok(())
}

async fn withdraw_from(c: &mut Connection, snippet: &SnippetId, seat: &SeatId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE snippet_audience SET gone_at = $1 WHERE snippet_id = $2 AND seat_id = $3")
        .bind(now.0)
        .bind(snippet.as_str())
        .bind(seat.as_str())
        .execute(c)
        .await?;
    Ok(())
}

async fn set_snippet(c: &mut Connection, snippet: &SnippetId, state: &str) -> Result<(), StoreError> {
    sql("UPDATE snippets SET state = $1 WHERE id = $2").bind(state).bind(snippet.as_str()).execute(c).await?;
    Ok(())
}

async fn remember(c: &mut Connection, seat: &SeatId, command: &str, now: Moment) -> Result<(), StoreError> {
    sql("INSERT INTO commands (seat_id, id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(seat.as_str())
        .bind(command)
        .bind(now.0)
        .execute(c)
        .await?;
    Ok(())
}
