//! Background work: named threads, progress, cancellation, and one bounded channel for what they find.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A job's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u64);

/// Rings whoever polls.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Work done ahead of the moment at which it is needed.
#[derive(Debug)]
pub struct Ahead<T>(JoinHandle<T>);

/// Work done ahead that ended by a defect of the program.
#[derive(Debug, thiserror::Error)]
#[error("work done ahead ended by a defect of the program")]
pub struct AheadFailed;

/// Starts work whose answer is waited for later, before there is anything that polls.
///
/// # Errors
/// When the system gives no thread.
pub fn ahead<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> std::io::Result<Ahead<T>> {
    std::thread::Builder::new().name(thread_name(name)).spawn(work).map(Ahead)
}

/// What the system shows of a thread: 15 letters, and none that it would stumble over.
fn thread_name(label: &str) -> String {
    label.chars().filter(|letter| !letter.is_control()).take(15).collect()
}

impl<T> Ahead<T> {
    /// Waits for the answer.
    ///
    /// # Errors
    /// When the work panicked.
    pub fn wait(self) -> Result<T, AheadFailed> {
        self.0.join().map_err(|_panic| AheadFailed)
    }
}

#[derive(Default)]
struct Shared {
    cancelled: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
    finished: AtomicBool,
    quiet: AtomicBool,
    bell: (Mutex<()>, Condvar),
}

impl Shared {
    fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
        let _held = self.bell.0.lock().unwrap_or_else(PoisonError::into_inner);
        self.bell.1.notify_all();
    }
}

/// What the work sees of its job.
pub struct Job<M> {
    shared: Arc<Shared>,
    sender: SyncSender<M>,
    wake: Wake,
}

/// See [`Job::if_it_panics`].
#[must_use]
pub struct IfItPanics<'a, M, F: FnOnce(&Job<M>)> {
    job: &'a Job<M>,
    tell: Option<F>,
}

impl<M, F: FnOnce(&Job<M>)> Drop for IfItPanics<'_, M, F> {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Some(tell) = self.tell.take()
        {
            tell(self.job);
        }
    }
}

impl<M> Job<M> {
    /// Sends a message; false when nobody wants it any more. Waits while the channel is full.
    pub fn send(&self, message: M) -> bool {
        let mut message = message;
        loop {
            if self.is_cancelled() {
                return false;
            }
            match self.sender.try_send(message) {
                Ok(()) => {
                    (self.wake)();
                    return true;
                }
                Err(TrySendError::Full(back)) => {
                    (self.wake)();
                    message = back;
                    self.wait(Duration::from_millis(5));
                }
                Err(TrySendError::Disconnected(_)) => return false,
            }
        }
    }

    /// Sends a message even when the job was cancelled: what its end left undone. Waits while the channel is
    /// full.
    pub fn send_last(&self, message: M) {
        (self.wake)();
        // Nobody is left to hear it when the channel is closed.
        drop(self.sender.send(message));
        (self.wake)();
    }

    /// Does something if the work panics while this is held, so that whoever waits for an answer gets one.
    pub fn if_it_panics<F: FnOnce(&Self)>(&self, tell: F) -> IfItPanics<'_, M, F> {
        IfItPanics { job: self, tell: Some(tell) }
    }

    /// From now on it only waits for something to happen: it is not shown.
    pub fn be_quiet(&self) {
        self.shared.quiet.store(true, Ordering::Relaxed);
        (self.wake)();
    }

    /// Tells how far it is. A total of 0 stands for one that is not known.
    pub fn progress(&self, done: u64, total: u64) {
        self.shared.total.store(total, Ordering::Relaxed);
        self.shared.done.store(done, Ordering::Relaxed);
        (self.wake)();
    }

    /// Whether it should end.
    pub fn is_cancelled(&self) -> bool {
        self.shared.cancelled.load(Ordering::Acquire)
    }

    /// Waits, at most this long; true when the job should end. Cancelling ends the wait at once.
    pub fn wait(&self, limit: Duration) -> bool {
        let guard = self.shared.bell.0.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = self.shared.bell.1.wait_timeout_while(guard, limit, |()| !self.is_cancelled());
        drop(outcome);
        self.is_cancelled()
    }
}

/// A running job, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobStatus {
    /// Its number.
    pub id: JobId,
    /// What it does.
    pub label: String,
    /// Steps done.
    pub done: u64,
    /// Steps in all; 0 when unknown.
    pub total: u64,
    /// Whether it only waits for something to happen.
    pub quiet: bool,
}

struct Running<O> {
    id: JobId,
    label: String,
    owner: Option<O>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<Result<(), String>>>,
}

/// All jobs and their channel. An owner `O` is what a job works for and ends with.
pub struct Jobs<M, O> {
    sender: SyncSender<M>,
    receiver: Receiver<M>,
    running: Vec<Running<O>>,
    failures: Vec<String>,
    wake: Wake,
    next: u64,
}

impl<M: Send + 'static, O: Copy + PartialEq> Jobs<M, O> {
    /// A channel of `capacity` messages; `wake` rings after each of them and when a job ends.
    pub fn new(capacity: usize, wake: Wake) -> Self {
        let (sender, receiver) = sync_channel(capacity);
        Self { sender, receiver, running: Vec::new(), failures: Vec::new(), wake, next: 0 }
    }

    /// Starts work for `owner` (a document or source that may be closed) on a thread of its own.
    pub fn start(
        &mut self,
        label: impl Into<String>,
        owner: Option<O>,
        work: impl FnOnce(&Job<M>) + Send + 'static,
    ) -> JobId {
        self.spawn(label.into(), owner, false, work)
    }

    /// The same for work that is over in a blink: it is not shown.
    pub fn start_quiet(
        &mut self,
        label: &str,
        owner: Option<O>,
        work: impl FnOnce(&Job<M>) + Send + 'static,
    ) {
        self.spawn(label.to_owned(), owner, true, work);
    }

    fn spawn(
        &mut self,
        label: String,
        owner: Option<O>,
        quiet: bool,
        work: impl FnOnce(&Job<M>) + Send + 'static,
    ) -> JobId {
        self.next += 1;
        let id = JobId(self.next);
        let shared = Arc::new(Shared { quiet: AtomicBool::new(quiet), ..Shared::default() });
        let job =
            Job { shared: Arc::clone(&shared), sender: self.sender.clone(), wake: Arc::clone(&self.wake) };
        let name = label.clone();
        let body = move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&job)));
            job.shared.finished.store(true, Ordering::Release);
            (job.wake)();
            outcome
                .ok()
                .ok_or_else(|| format!("{name} ended by a defect of the program; everything else goes on."))
        };
        match std::thread::Builder::new().name(thread_name(&label)).spawn(body) {
            Ok(thread) => self.running.push(Running { id, label, owner, shared, thread: Some(thread) }),
            Err(error) => self.failures.push(format!("{label} could not be started: {error}")),
        }
        id
    }

    /// Takes all messages, oldest first, and forgets jobs that have ended.
    pub fn poll(&mut self) -> Vec<M> {
        let messages = self.receiver.try_iter().collect();
        let (ended, running) = std::mem::take(&mut self.running)
            .into_iter()
            .partition(|job| job.shared.finished.load(Ordering::Acquire));
        self.running = running;
        let ended: Vec<Running<O>> = ended;
        for mut job in ended {
            if let Some(Ok(Err(failure))) = job.thread.take().map(JoinHandle::join) {
                self.failures.push(failure);
            }
        }
        messages
    }

    /// Sentences about jobs that failed since the last call.
    pub fn take_failures(&mut self) -> Vec<String> {
        std::mem::take(&mut self.failures)
    }

    /// What is running, oldest first.
    pub fn running(&self) -> Vec<JobStatus> {
        let status = |job: &Running<O>| JobStatus {
            id: job.id,
            label: job.label.clone(),
            done: job.shared.done.load(Ordering::Relaxed),
            total: job.shared.total.load(Ordering::Relaxed),
            quiet: job.shared.quiet.load(Ordering::Relaxed),
        };
        self.running.iter().map(status).collect()
    }

    /// Asks one job to end.
    pub fn cancel(&self, id: JobId) {
        self.running.iter().filter(|job| job.id == id).for_each(|job| job.shared.cancel());
    }

    /// Asks all jobs of a closed document or source to end.
    pub fn cancel_owner(&self, owner: O) {
        self.running.iter().filter(|job| job.owner == Some(owner)).for_each(|job| job.shared.cancel());
    }
}

impl<M, O> Drop for Jobs<M, O> {
    fn drop(&mut self) {
        self.running.iter().for_each(|job| job.shared.cancel());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bell to wait for, so that no test sleeps.
    fn bell() -> (Wake, Arc<(Mutex<u64>, Condvar)>) {
        let state = Arc::new((Mutex::new(0_u64), Condvar::new()));
        let own = Arc::clone(&state);
        let wake = move || {
            *own.0.lock().unwrap() += 1;
            own.1.notify_all();
        };
        (Arc::new(wake), state)
    }

    fn until<M: Send + 'static>(
        jobs: &mut Jobs<M, u8>,
        bell: &(Mutex<u64>, Condvar),
        mut enough: impl FnMut(&mut Jobs<M, u8>, Vec<M>) -> bool,
    ) {
        loop {
            let seen = *bell.0.lock().unwrap();
            let messages = jobs.poll();
            if enough(jobs, messages) {
                return;
            }
            let count = bell.0.lock().unwrap();
            drop(bell.1.wait_while(count, |count| *count <= seen).unwrap());
        }
    }

    #[test]
    fn messages_arrive_in_order_through_a_channel_smaller_than_they_are() {
        let (wake, bell) = bell();
        let mut jobs = Jobs::<_, u8>::new(2, wake);
        jobs.start("count", None, |job| (0..50).for_each(|n| assert!(job.send(n))));
        let mut got = Vec::new();
        until(&mut jobs, &bell, |jobs, messages| {
            got.extend(messages);
            jobs.running().is_empty()
        });
        got.extend(jobs.poll());
        assert_eq!(got, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn work_ahead_answers_when_it_is_waited_for() {
        assert_eq!(ahead("add", || 1 + 1).unwrap().wait().ok(), Some(2));
        let zero = std::hint::black_box(0_u8);
        assert!(ahead("divide", move || 1 / zero).unwrap().wait().is_err());
    }

    #[test]
    fn closing_an_owner_ends_its_jobs_and_no_others() {
        let (wake, bell) = bell();
        let mut jobs: Jobs<(), u8> = Jobs::new(4, wake);
        jobs.start("watch 7", Some(7), |job| while !job.wait(Duration::from_mins(1)) {});
        jobs.start("watch 8", Some(8), |job| while !job.wait(Duration::from_mins(1)) {});
        jobs.cancel_owner(7);
        until(&mut jobs, &bell, |jobs, _| jobs.running().len() == 1);
        assert_eq!(jobs.running()[0].label, "watch 8");
    }

    #[test]
    fn a_cancelled_job_can_say_what_it_left_undone_and_nothing_else() {
        let (wake, bell) = bell();
        let mut jobs = Jobs::<_, u8>::new(1, wake);
        let id = jobs.start("wait", None, |job| {
            job.be_quiet();
            while !job.wait(Duration::from_mins(1)) {}
            assert!(!job.send("wanted"));
            job.send_last("undone");
        });
        until(&mut jobs, &bell, |jobs, _| jobs.running()[0].quiet);
        jobs.cancel(id);
        let mut got = Vec::new();
        until(&mut jobs, &bell, |jobs, messages| {
            got.extend(messages);
            jobs.running().is_empty()
        });
        got.extend(jobs.poll());
        assert_eq!(got, ["undone"]);
    }

    #[test]
    fn a_panic_in_a_job_is_told_and_harms_nothing() {
        let (wake, bell) = bell();
        let mut jobs: Jobs<u8, u8> = Jobs::new(4, wake);
        jobs.start("divide", None, |job| {
            let zero = job.is_cancelled();
            let _told = job.if_it_panics(|job| job.send_last(9));
            assert!(zero, "a defect made on purpose");
        });
        jobs.start("go on", None, |job| assert!(job.send(1)));
        let mut got = Vec::new();
        until(&mut jobs, &bell, |jobs, messages| {
            got.extend(messages);
            jobs.running().is_empty()
        });
        got.extend(jobs.poll());
        got.sort_unstable();
        assert_eq!(got, [1, 9]);
        assert!(jobs.take_failures()[0].starts_with("divide ended"));
    }
}
