//! Opens what the user named.

use super::plan::is_standard;
use crate::error::{Error, Result};
use crate::read::{self, Bytes, PairReader};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const BUFFER: usize = 1 << 18;

/// What the input is called in messages and reports.
pub fn name(path: &Path) -> String {
    path.display().to_string()
}

/// Opens a file or standard input.
///
/// # Errors
/// Where it cannot be opened, or is a directory.
pub fn open(path: &Path) -> Result<Box<dyn Read + Send>> {
    if is_standard(path) {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path).map_err(|error| Error::io(path, &error))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Error::io(path, &io::ErrorKind::IsADirectory.into()));
    }
    Ok(Box::new(file))
}

/// Reads a story.
///
/// # Errors
/// Where it cannot be opened or is no story; see [`read::read_story`].
pub fn story(path: &Path) -> Result<read::Story> {
    read::read_story(open(path)?, &name(path))
}

/// How far a corpus has been read: bytes so far, shared with the reader, and bytes in all where that is known.
pub struct Progress {
    pub read: Arc<AtomicU64>,
    pub total: Option<u64>,
}

/// Opens a corpus of pairs in one file.
///
/// # Errors
/// Where it cannot be opened or is neither JSON Lines nor TSV.
pub fn pairs(path: &Path) -> Result<(PairReader, Progress)> {
    let (bytes, progress) = counted(path)?;
    Ok((PairReader::sniff(bytes, &name(path))?, progress))
}

/// Opens line-parallel files. Where all of them are regular files their lines are counted first.
///
/// # Errors
/// Where one cannot be opened, or their numbers of lines differ.
pub fn parallel(mt: &Path, refs: &[impl AsRef<Path>], src: Option<&Path>) -> Result<(PairReader, Progress)> {
    let others: Vec<&Path> = refs.iter().map(AsRef::as_ref).chain(src).collect();
    let regular = |path: &Path| !is_standard(path) && std::fs::metadata(path).is_ok_and(|file| file.is_file());
    if regular(mt) && others.iter().all(|path| regular(path)) {
        let count = |path: &Path| {
            let reader = BufReader::with_capacity(BUFFER, open(path)?);
            read::line_count(reader).map_err(|error| Error::io(path, &error))
        };
        let lines = count(mt)?;
        for other in &others {
            let found = count(other)?;
            if found != lines {
                return Err(read::unequal_counts((&name(other), found), (&name(mt), lines)));
            }
        }
    }
    let (bytes, progress) = counted(mt)?;
    let opened = |path: &Path| -> Result<(Bytes, String)> { Ok((buffered(open(path)?), name(path))) };
    let refs = refs.iter().map(|path| opened(path.as_ref())).collect::<Result<Vec<_>>>()?;
    let src = src.map(opened).transpose()?;
    Ok((PairReader::parallel((bytes, name(mt)), refs, src), progress))
}

/// Opens a file and buffers it.
///
/// # Errors
/// Where it cannot be opened.
pub fn counted(path: &Path) -> Result<(Bytes, Progress)> {
    let read = Arc::new(AtomicU64::new(0));
    let total = std::fs::metadata(path).ok().filter(|file| file.is_file() && !is_standard(path)).map(|file| file.len());
    let counted = Counted { inner: open(path)?, read: Arc::clone(&read) };
    Ok((buffered(counted), Progress { read, total }))
}

fn buffered(reader: impl Read + Send + 'static) -> Bytes {
    Box::new(BufReader::with_capacity(BUFFER, reader))
}

struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
