//! The one writer of SQLite: group commit. Whoever wants to write is handed the open transaction, works in a savepoint
//! of its own, and hands it back; when nobody waits any more, or enough have worked, one COMMIT makes all of it durable,
//! and only then does anybody hear that it was kept.
//!
//! Whoever works beside the others ([`crate::Storage::beside`]) is served first: he waits for the job in hand and for one
//! commit, however many others stand in the queue. What bounds the job in hand is `HOLD_TIME`; the longest there is
//! brings a whole roster in.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr};
use sea_orm::{SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::StorageError;

const BATCH: usize = 128;
const BATCH_TIME: Duration = Duration::from_millis(20);
const QUEUE: usize = 4_096;
/// Longer than any verb; a transaction that is held for longer is abandoned with its batch.
const HOLD_TIME: Duration = Duration::from_secs(30);

/// What a job says when it hands the transaction back.
pub(crate) enum Returned {
    /// Keep what was written; tell the job when it is durable.
    Commit(DatabaseTransaction, oneshot::Sender<Result<(), StorageError>>),
    /// Forget what was written.
    Rollback(DatabaseTransaction),
}

/// The open transaction, lent to one job.
pub(crate) struct Grant {
    pub(crate) txn: DatabaseTransaction,
    pub(crate) back: oneshot::Sender<Returned>,
}

type Request = oneshot::Sender<Result<Grant, StorageError>>;

/// Where jobs queue.
#[derive(Clone)]
pub(crate) struct Writer {
    first: mpsc::Sender<Request>,
    rest: mpsc::Sender<Request>,
    goes_first: bool,
}

impl Writer {
    /// Waits for its turn.
    pub(crate) async fn grant(&self) -> Result<Grant, StorageError> {
        let gone = || StorageError::Refused("the writer has stopped".to_owned());
        let (ask, answer) = oneshot::channel();
        let queue = if self.goes_first { &self.first } else { &self.rest };
        queue.send(ask).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// The same writer for somebody who goes first.
    pub(crate) fn going_first(&self) -> Self {
        Self { goes_first: true, ..self.clone() }
    }
}

/// Those who wait, in two rows.
struct Queue {
    first: mpsc::Receiver<Request>,
    rest: mpsc::Receiver<Request>,
}

impl Queue {
    async fn next(&mut self) -> Option<Request> {
        tokio::select! {
            biased;
            Some(request) = self.first.recv() => Some(request),
            request = self.rest.recv() => request,
        }
    }

    fn waiting(&mut self) -> Option<Request> {
        self.first.try_recv().or_else(|_| self.rest.try_recv()).ok()
    }
}

/// Starts the writer; it ends when the last handle is dropped.
pub(crate) fn start(db: DatabaseConnection, group: bool) -> Writer {
    let ((first, jobs_first), (rest, jobs)) = (mpsc::channel(QUEUE), mpsc::channel(QUEUE));
    let queue = Queue { first: jobs_first, rest: jobs };
    #[expect(
        clippy::disallowed_methods,
        reason = "the writer lives exactly as long as the storage that owns its queue"
    )]
    tokio::spawn(run(db, queue, if group { BATCH } else { 1 }));
    Writer { first, rest, goes_first: false }
}

async fn run(db: DatabaseConnection, mut queue: Queue, most: usize) {
    while let Some(first) = queue.next().await {
        let mode = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        match db.begin_with_options(mode).await {
            Ok(txn) => batch(txn, first, &mut queue, most).await,
            Err(err) => drop(first.send(Err(err.into()))),
        }
    }
}

/// One transaction, many jobs.
async fn batch(mut txn: DatabaseTransaction, first: Request, queue: &mut Queue, most: usize) {
    let started = Instant::now();
    let mut receipts = Vec::new();
    let mut next = Some(first);
    let mut jobs = 0;
    while let Some(request) = next.take() {
        match job(txn, request, most > 1).await {
            Ok((back, receipt)) => {
                txn = back;
                receipts.extend(receipt);
            }
            Err(err) => return refuse(receipts, &err),
        }
        jobs += 1;
        if jobs < most && started.elapsed() < BATCH_TIME {
            next = queue.waiting();
        }
    }
    match txn.commit().await {
        Ok(()) => receipts.into_iter().for_each(|r| drop(r.send(Ok(())))),
        Err(err) => refuse(receipts, &err.into()),
    }
}

type Receipt = oneshot::Sender<Result<(), StorageError>>;

/// Lends the transaction to one job. An error means that the transaction no longer stands, and with it the batch.
async fn job(
    txn: DatabaseTransaction,
    request: Request,
    savepoint: bool,
) -> Result<(DatabaseTransaction, Option<Receipt>), StorageError> {
    if savepoint {
        txn.execute_unprepared("SAVEPOINT job").await?;
    }
    let (back, returned) = oneshot::channel();
    let lent = request.send(Ok(Grant { txn, back }));
    let outcome = match lent {
        Err(Ok(grant)) => Returned::Rollback(grant.txn),
        Err(Err(err)) => return Err(err),
        Ok(()) => match tokio::time::timeout(HOLD_TIME, returned).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => return Err(StorageError::Refused("a transaction was not handed back".to_owned())),
        },
    };
    match outcome {
        Returned::Commit(txn, receipt) if savepoint => match txn.execute_unprepared("RELEASE job").await {
            Ok(_) => Ok((txn, Some(receipt))),
            Err(err) => {
                let err = StorageError::from(err);
                refuse(vec![receipt], &err);
                Err(err)
            }
        },
        Returned::Commit(txn, receipt) => Ok((txn, Some(receipt))),
        Returned::Rollback(txn) => {
            undo(&txn, savepoint).await?;
            Ok((txn, None))
        }
    }
}

async fn undo(txn: &DatabaseTransaction, savepoint: bool) -> Result<(), DbErr> {
    if savepoint {
        txn.execute_unprepared("ROLLBACK TO job").await?;
        txn.execute_unprepared("RELEASE job").await?;
        return Ok(());
    }
    Err(DbErr::Custom("refused".to_owned()))
}

fn refuse(receipts: Vec<Receipt>, err: &StorageError) {
    for receipt in receipts {
        drop(receipt.send(Err(StorageError::Refused(err.to_string()))));
    }
}
