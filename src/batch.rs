//! Many inputs at once: in parallel, in bounded memory, in input order, with the same bytes at every number of jobs.

use crate::audit::{Auditor, CorpusCounts, PairAudit, Scratch};
use crate::config::Severity;
use crate::error::{Error, Result};
use crate::read::{Pair, Row, RowId};
use crate::score::Metric;
use crate::score::passage::MeanParts;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// How much is read ahead and how many threads work. At most four chunks are held at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Worker threads; 0 takes one a core.
    pub jobs: usize,
    /// Most items in a chunk.
    pub items: usize,
    /// Bytes after which a chunk is full.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { jobs: 0, items: 512, bytes: 4 << 20 }
    }
}

/// Runs `work` over `items` on `limits.jobs` threads and hands the results to `sink` in the order of the items.
///
/// One thread reads, the pool works, and the calling thread runs `sink`; each is about one chunk ahead of the next.
/// `weigh` gives an item's size in bytes. Every worker keeps one `S` of scratch space. When `sink` breaks, the rest is
/// dropped and the reading thread is left to end by itself, since it may wait on a pipe.
///
/// # Errors
/// [`crate::error::Kind::Io`] where the threads cannot be started.
///
/// ```
/// use fauxami::batch::{Limits, ordered};
/// use std::ops::ControlFlow;
/// let mut seen = Vec::new();
/// let stop: ControlFlow<()> = ordered(0..1000, Limits { jobs: 2, ..Limits::default() }, |_| 1, |n, (): &mut ()| n * 2, |n| {
///     seen.push(n);
///     ControlFlow::Continue(())
/// })
/// .unwrap();
/// assert!(stop.is_continue());
/// assert!(seen.iter().copied().eq((0..1000).map(|n| n * 2)));
/// ```
pub fn ordered<I, S, O, B>(
    items: I,
    limits: Limits,
    weigh: impl Fn(&I::Item) -> usize + Send + 'static,
    work: impl Fn(I::Item, &mut S) -> O + Sync,
    mut sink: impl FnMut(O) -> ControlFlow<B>,
) -> Result<ControlFlow<B>>
where
    I: Iterator + Send + 'static,
    I::Item: Send + 'static,
    S: Default + Send,
    O: Send,
{
    let pool = rayon::ThreadPoolBuilder::new().num_threads(limits.jobs).build().map_err(|error| no_threads(&error))?;
    let scratch: Vec<Mutex<S>> = (0..pool.current_num_threads()).map(|_| Mutex::default()).collect();

    let (chunk_out, chunks) = sync_channel::<Vec<I::Item>>(1);
    let read = move || {
        let mut items = items;
        // The first chunks are small, so that results appear at once.
        let mut most = 16.min(limits.items.max(1));
        loop {
            let mut chunk = Vec::with_capacity(most);
            let mut bytes = 0;
            while chunk.len() < most && bytes < limits.bytes {
                let Some(item) = items.next() else { break };
                bytes += weigh(&item);
                chunk.push(item);
            }
            if chunk.is_empty() || chunk_out.send(chunk).is_err() {
                return;
            }
            most = (most * 2).min(limits.items.max(1));
        }
    };
    std::thread::Builder::new().name("read".into()).spawn(read).map_err(|error| no_threads(&error))?;

    let run = |chunk: Vec<I::Item>| -> Vec<O> {
        let each = |item| {
            let worker = rayon::current_thread_index().unwrap_or(0) % scratch.len();
            let mut own = scratch[worker].lock().unwrap_or_else(PoisonError::into_inner);
            work(item, &mut own)
        };
        chunk.into_par_iter().with_max_len(16).map(each).collect()
    };
    // The pool works on one chunk while this thread sinks the one before; where the next is not there yet, what is done
    // goes out first.
    let mut done: Vec<O> = Vec::new();
    loop {
        let next = match chunks.try_recv() {
            Ok(chunk) => Some(chunk),
            Err(TryRecvError::Empty) if done.is_empty() => chunks.recv().ok(),
            Err(_) => None,
        };
        if next.is_none() && done.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let mut fresh = Vec::new();
        let flow = pool.in_place_scope(|scope| {
            if let Some(chunk) = next {
                scope.spawn(|_| fresh = run(chunk));
            }
            std::mem::take(&mut done).into_iter().try_for_each(&mut sink)
        });
        if flow.is_break() {
            return Ok(flow);
        }
        done = fresh;
    }
}

/// What a row came to.
#[derive(Debug)]
pub struct Scored<'a> {
    /// The row's name.
    pub id: &'a RowId,
    /// What the auditor says, or why the row could not be read.
    pub audit: std::result::Result<&'a PairAudit, &'a Error>,
    /// What `render` made of it.
    pub rendered: &'a str,
}

/// The sums of a corpus.
#[derive(Debug, Default)]
pub struct Summary {
    /// Pairs that were scored.
    pub pairs: usize,
    /// Rows that could not be read.
    pub failed: usize,
    /// Words of the translations.
    pub words: usize,
    /// Findings by rule.
    pub findings: BTreeMap<&'static str, usize>,
    /// Findings by severity, least first.
    pub severities: [usize; 4],
    /// Counts from which the metrics of the corpus are taken, summed in input order.
    pub counts: CorpusCounts,
    /// What took how many points of 100 away; nothing unless the auditor explains.
    pub lost: MeanParts,
    /// What the findings of each rule took away of that.
    pub by_rule: MeanParts,
}

impl Summary {
    fn add(&mut self, audit: &PairAudit) {
        self.pairs += 1;
        self.words += audit.words;
        for finding in &audit.findings {
            *self.findings.entry(finding.rule).or_default() += 1;
            self.severities[finding.severity as usize] += 1;
        }
        self.counts += &audit.counts;
        self.lost.add(audit.words, &audit.lost);
        self.by_rule.add(audit.words, &audit.by_rule);
    }

    /// The gravest severity found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        Severity::ALL.into_iter().rev().find(|severity| self.severities[*severity as usize] > 0)
    }
}

/// What a worker works with: buffers, and the pairs that it has audited last.
#[derive(Default)]
struct Worker {
    scratch: Scratch,
    known: Known,
}

/// Pairs that were audited, by the hash of their texts: systems often translate a sentence alike, and the same audit would be made again.
#[derive(Default)]
struct Known(FxHashMap<u64, (Pair, Arc<PairAudit>)>);

/// How many pairs a worker keeps, and how many bytes the texts of one may have: about six megabytes in all.
const KEPT: usize = 1024;
const LONGEST: usize = 2_000;

impl Known {
    /// The audit of a pair of the same texts, and the hash under which it is kept.
    fn find(&self, pair: &Pair) -> (u64, Option<Arc<PairAudit>>) {
        let hash = FxBuildHasher.hash_one((&pair.mt, &pair.refs, &pair.src));
        let same = |(other, _): &&(Pair, _)| (&other.mt, &other.refs, &other.src) == (&pair.mt, &pair.refs, &pair.src);
        (hash, self.0.get(&hash).filter(same).map(|(_, audit)| Arc::clone(audit)))
    }

    fn keep(&mut self, hash: u64, pair: Pair, audit: &Arc<PairAudit>) {
        if size(&pair) > LONGEST {
            return;
        }
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        self.0.insert(hash, (pair, Arc::clone(audit)));
    }
}

/// Scores `rows` in parallel. `render` turns each result into text on the worker threads; `sink` gets them in input
/// order. A row that cannot be read is counted and handed on like any other.
///
/// # Errors
/// What ends the stream of rows, and what `sink` returns; in both cases all rows before it were handed to `sink`.
pub fn score<I, E>(
    rows: I,
    auditor: &Auditor,
    metrics: &[Metric],
    limits: Limits,
    render: impl Fn(&RowId, std::result::Result<(&Pair, &PairAudit), &Error>) -> String + Sync,
    mut sink: impl FnMut(Scored<'_>) -> std::result::Result<(), E>,
) -> std::result::Result<Summary, E>
where
    I: Iterator<Item = Result<Row>> + Send + 'static,
    E: From<Error>,
{
    let mut summary = Summary::default();
    let keeps = auditor.runs_rules();
    let work = |row: Result<Row>, worker: &mut Worker| -> Result<(RowId, Result<Arc<PairAudit>>, String)> {
        let Row { id, pair } = row?;
        let audited = pair.and_then(|pair| {
            let (hash, known) = if keeps { worker.known.find(&pair) } else { (0, None) };
            if let Some(audit) = known {
                return Ok((pair, audit, None));
            }
            let scratch = &mut worker.scratch;
            let audit = isolated(&format_args!("pair {id}"), || auditor.pair(&pair, metrics, scratch));
            if audit.is_err() {
                *scratch = Scratch::default();
            }
            Ok((pair, Arc::new(audit?), keeps.then_some(hash)))
        });
        let rendered = render(&id, audited.as_ref().map(|(pair, audit, _)| (pair, &**audit)));
        let audit = audited.map(|(pair, audit, fresh)| {
            if let Some(hash) = fresh {
                worker.known.keep(hash, pair, &audit);
            }
            audit
        });
        Ok((id, audit, rendered))
    };
    let stop = ordered(rows, limits, weigh, work, |result| {
        let (id, audit, rendered) = match result {
            Ok(scored) => scored,
            Err(error) => return ControlFlow::Break(E::from(error)),
        };
        if let Err(error) = sink(Scored { id: &id, audit: audit.as_deref(), rendered: &rendered }) {
            return ControlFlow::Break(error);
        }
        match audit {
            Ok(audit) => summary.add(&audit),
            Err(_) => summary.failed += 1,
        }
        ControlFlow::Continue(())
    })?;
    match stop {
        ControlFlow::Break(error) => Err(error),
        ControlFlow::Continue(()) => Ok(summary),
    }
}

/// Runs `work` on a pool of `jobs` threads, or one a core for 0.
///
/// # Errors
/// [`crate::error::Kind::Usage`] where the threads cannot be started.
///
/// ```
/// assert_eq!(fauxami::batch::on_threads(2, || 2 + 2).unwrap(), 4);
/// ```
pub fn on_threads<T: Send>(jobs: usize, work: impl FnOnce() -> T + Send) -> Result<T> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(|error| no_threads(&error))?;
    Ok(pool.install(work))
}

fn no_threads(error: &dyn std::fmt::Display) -> Error {
    Error::usage(format!("no threads to work with: {error}")).remedy("lower --jobs")
}

/// Runs `work` so that a fault in it costs one input, not the hours of work around it. `name` names the input.
///
/// # Errors
/// [`crate::error::Kind::Input`] where `work` panics.
///
/// ```
/// assert_eq!(fauxami::batch::isolated(&"a.txt", || 2 + 2).unwrap(), 4);
/// ```
pub fn isolated<T>(name: &dyn std::fmt::Display, work: impl FnOnce() -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        Error::input("the auditor failed on it, which is a bug")
            .file(name.to_string())
            .remedy("please report the input")
    })
}

fn weigh(row: &Result<Row>) -> usize {
    let Ok(Row { pair: Ok(pair), .. }) = row else { return 64 };
    size(pair)
}

/// The bytes of a pair's texts.
fn size(pair: &Pair) -> usize {
    pair.mt.len() + pair.refs.iter().map(String::len).sum::<usize>() + pair.src.as_ref().map_or(0, String::len)
}
