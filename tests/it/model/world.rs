//! One alert, two rungs of one person each, two workers, and everything that may go wrong.

/// A mistake in the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Mistake {
    AnswersBeforeTheCommit,
    OutboxInATransactionOfItsOwn,
    MarksBeforeItSends,
    ForgetsTheFence,
    IgnoresLeases,
    GivesUpOnAnExpiredLease,
    KeepsTimersInMemory,
    TakingDoesNotCancel,
    TakingNeverExpires,
}

impl Mistake {
    pub(super) const ALL: [Self; 9] = [
        Self::AnswersBeforeTheCommit,
        Self::OutboxInATransactionOfItsOwn,
        Self::MarksBeforeItSends,
        Self::ForgetsTheFence,
        Self::IgnoresLeases,
        Self::GivesUpOnAnExpiredLease,
        Self::KeepsTimersInMemory,
        Self::TakingDoesNotCancel,
        Self::TakingNeverExpires,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Intake {
    Waiting,
    Received,
    /// The alert is durable; its rows are not yet, where they have a transaction of their own.
    Half,
    Committed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Climb {
    Open,
    Acked,
    Settled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Row {
    Absent,
    Pending,
    Sending,
    Accepted,
    Cancelled,
    Failed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Worker {
    Idle,
    /// Holds an attempt at a row; nothing was sent yet.
    Holds {
        row: usize,
        attempt: u8,
    },
    /// The provider has it, or its answer was lost: nothing is written down yet.
    Sent {
        row: usize,
        attempt: u8,
        lost: bool,
    },
    /// The mistaken order: written down, not sent.
    Marked {
        row: usize,
    },
}

/// Rows: rung 0, rung 1, and, in the second turn, rung 1 again.
pub(super) const ROWS: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct World {
    pub(super) mistake: Option<Mistake>,
    pub(super) intake: Intake,
    pub(super) answered: bool,
    pub(super) climb: Climb,
    /// The timer of the climb, where it is kept in memory.
    pub(super) timer: bool,
    pub(super) rung: usize,
    pub(super) turn: usize,
    pub(super) rows: [Row; ROWS],
    pub(super) attempts: [u8; ROWS],
    /// Whether the lease on a row has run out.
    pub(super) expired: [bool; ROWS],
    pub(super) workers: [Worker; 2],
    /// What arrived, how often.
    pub(super) arrived: [u8; ROWS],
    /// What had been accepted once.
    pub(super) was_accepted: [bool; ROWS],
    /// Rows that began to be sent while somebody had it in hand.
    pub(super) told_while_taken: bool,
    pub(super) crashes: u8,
    pub(super) pauses: u8,
    pub(super) losses: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Act {
    File,
    Commit,
    CommitRows,
    Answer,
    /// The whole process dies and starts again: rows and timers in the database stay.
    Crash,
    Claim {
        worker: usize,
        row: usize,
    },
    Send {
        worker: usize,
        lost: bool,
    },
    Mark {
        worker: usize,
    },
    /// A worker sleeps past its lease.
    Pause {
        row: usize,
    },
    Deadline,
    Take,
    TakingExpires,
    Settle,
}

/// How many faults of any kind there are.
const FAULTS: u8 = 2;
/// More than every fault together can bring about; a mistake that never ends is cut off here.
const MOST_ATTEMPTS: u8 = 1 + FAULTS;

impl World {
    pub(super) fn new(mistake: Option<Mistake>) -> Self {
        Self {
            mistake,
            intake: Intake::Waiting,
            answered: false,
            climb: Climb::Open,
            timer: true,
            rung: 0,
            turn: 0,
            rows: [Row::Absent; ROWS],
            attempts: [0; ROWS],
            expired: [false; ROWS],
            workers: [Worker::Idle; 2],
            arrived: [0; ROWS],
            was_accepted: [false; ROWS],
            told_while_taken: false,
            crashes: 0,
            pauses: 0,
            losses: 0,
        }
    }

    fn is(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    fn faults(&self) -> u8 {
        self.crashes + self.pauses + self.losses
    }

    pub(super) fn is_open(&self) -> bool {
        self.intake == Intake::Committed && self.climb == Climb::Open
    }

    pub(super) fn possible(&self) -> Vec<Act> {
        let mut out = Vec::new();
        match self.intake {
            Intake::Waiting => out.push(Act::File),
            Intake::Received => out.push(Act::Commit),
            Intake::Half => out.push(Act::CommitRows),
            Intake::Committed => {}
        }
        let early = self.is(Mistake::AnswersBeforeTheCommit) && self.intake == Intake::Received;
        if !self.answered && (early || matches!(self.intake, Intake::Half | Intake::Committed)) {
            out.push(Act::Answer);
        }
        if self.faults() < FAULTS && self.intake != Intake::Waiting {
            out.push(Act::Crash);
        }
        self.work(&mut out);
        if self.is_open() {
            let timed = self.timer || !self.is(Mistake::KeepsTimersInMemory);
            if timed && self.rung == 0 {
                out.push(Act::Deadline);
            }
            if self.arrived.iter().any(|n| *n > 0) {
                out.push(Act::Take);
            }
        }
        if self.intake == Intake::Committed && self.climb == Climb::Acked {
            out.push(Act::Settle);
            if self.turn == 0 && !self.is(Mistake::TakingNeverExpires) {
                out.push(Act::TakingExpires);
            }
        }
        out
    }

    fn work(&self, out: &mut Vec<Act>) {
        for (worker, at) in self.workers.iter().enumerate() {
            match *at {
                Worker::Idle => {
                    out.extend((0..ROWS).filter(|row| self.claimable(*row)).map(|row| Act::Claim { worker, row }));
                }
                Worker::Holds { row, .. } => {
                    out.push(Act::Send { worker, lost: false });
                    if self.faults() < FAULTS {
                        out.push(Act::Send { worker, lost: true });
                    }
                    if self.faults() < FAULTS && self.rows[row] == Row::Sending && !self.expired[row] {
                        out.push(Act::Pause { row });
                    }
                }
                Worker::Sent { row, .. } => {
                    out.push(Act::Mark { worker });
                    if self.faults() < FAULTS && self.rows[row] == Row::Sending && !self.expired[row] {
                        out.push(Act::Pause { row });
                    }
                }
                Worker::Marked { .. } => out.push(Act::Send { worker, lost: false }),
            }
        }
    }

    fn claimable(&self, row: usize) -> bool {
        if self.intake != Intake::Committed || self.attempts[row] >= MOST_ATTEMPTS {
            return false;
        }
        match self.rows[row] {
            Row::Pending => true,
            Row::Sending => {
                let given_up = self.is(Mistake::GivesUpOnAnExpiredLease);
                (self.expired[row] && !given_up) || self.is(Mistake::IgnoresLeases)
            }
            Row::Absent | Row::Accepted | Row::Cancelled | Row::Failed => false,
        }
    }

    pub(super) fn after(&self, act: Act) -> Self {
        let mut w = self.clone();
        match act {
            Act::File => w.intake = Intake::Received,
            Act::Commit if w.is(Mistake::OutboxInATransactionOfItsOwn) => w.intake = Intake::Half,
            Act::Commit | Act::CommitRows => {
                w.intake = Intake::Committed;
                w.rows[0] = Row::Pending;
            }
            Act::Answer => w.answered = true,
            Act::Crash => w.crash(),
            Act::Claim { worker, row } => w.claim(worker, row),
            Act::Send { worker, lost } => w.send(worker, lost),
            Act::Mark { worker } => w.mark(worker),
            Act::Pause { row } => {
                w.pauses += 1;
                w.expired[row] = true;
                if w.is(Mistake::GivesUpOnAnExpiredLease) {
                    w.rows[row] = Row::Failed;
                }
            }
            Act::Deadline => {
                w.rung = 1;
                w.tell(1);
            }
            Act::Take => w.take(),
            Act::TakingExpires => {
                w.climb = Climb::Open;
                w.turn = 1;
                w.tell(2);
                w.rung = 1;
            }
            Act::Settle => w.climb = Climb::Settled,
        }
        // Which worker is which makes no difference.
        w.workers.sort_unstable();
        w
    }

    fn tell(&mut self, row: usize) {
        if self.rows[row] == Row::Absent {
            self.rows[row] = Row::Pending;
        }
    }

    fn crash(&mut self) {
        self.crashes += 1;
        self.workers = [Worker::Idle; 2];
        self.timer = false;
        for row in 0..ROWS {
            // Leases of the dead run out; where an expired lease means failure, that is the end of the row.
            if self.rows[row] == Row::Sending {
                self.expired[row] = true;
                if self.is(Mistake::GivesUpOnAnExpiredLease) {
                    self.rows[row] = Row::Failed;
                }
            }
        }
        match self.intake {
            Intake::Received => self.intake = Intake::Waiting,
            // Nobody comes back for rows that were to be written later.
            Intake::Half => self.intake = Intake::Committed,
            Intake::Waiting | Intake::Committed => {}
        }
    }

    fn claim(&mut self, worker: usize, row: usize) {
        if self.climb != Climb::Open && !self.is(Mistake::TakingDoesNotCancel) {
            self.rows[row] = Row::Cancelled;
            return;
        }
        self.told_while_taken |= self.climb != Climb::Open;
        self.attempts[row] += 1;
        self.expired[row] = false;
        self.rows[row] = Row::Sending;
        self.workers[worker] = if self.is(Mistake::MarksBeforeItSends) {
            self.accept(row);
            Worker::Marked { row }
        } else {
            Worker::Holds { row, attempt: self.attempts[row] }
        };
    }

    fn send(&mut self, worker: usize, lost: bool) {
        match self.workers[worker] {
            Worker::Holds { row, attempt } => {
                self.arrived[row] += 1;
                self.losses += u8::from(lost);
                self.workers[worker] = Worker::Sent { row, attempt, lost };
            }
            Worker::Marked { row } => {
                self.arrived[row] += 1;
                self.workers[worker] = Worker::Idle;
            }
            Worker::Idle | Worker::Sent { .. } => {}
        }
    }

    fn mark(&mut self, worker: usize) {
        let Worker::Sent { row, attempt, lost } = self.workers[worker] else { return };
        self.workers[worker] = Worker::Idle;
        let stands = self.rows[row] == Row::Sending && self.attempts[row] == attempt;
        if !stands && !self.is(Mistake::ForgetsTheFence) {
            return;
        }
        if lost {
            // An ambiguous answer about a red: again, rather twice than not at all.
            self.rows[row] = Row::Pending;
        } else {
            self.accept(row);
        }
    }

    fn accept(&mut self, row: usize) {
        self.rows[row] = Row::Accepted;
        self.was_accepted[row] = true;
    }

    fn take(&mut self) {
        self.climb = Climb::Acked;
        if !self.is(Mistake::TakingDoesNotCancel) {
            for row in &mut self.rows {
                if *row == Row::Pending {
                    *row = Row::Cancelled;
                }
            }
        }
    }

    /// Nothing moves by itself any more: only people and accidents do.
    pub(super) fn rests(&self) -> bool {
        self.possible().iter().all(|act| matches!(act, Act::Crash | Act::Take | Act::Answer | Act::Settle))
    }
}
