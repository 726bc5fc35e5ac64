//! From the command line to an exit status.

use super::args::{Cli, Command};
use super::streams::{Failure, Streams};
use super::{align, audit, calibrate, diff, docs, evaluate, plan, score};
use clap::Parser;
use std::ffi::OsString;

/// Nothing grave was found.
pub const CLEAN: u8 = 0;
/// A finding at or above `--fail-on`, or a score under `--min-score`.
pub const FOUND: u8 = 1;
/// The command line is wrong, or an input cannot be read.
pub const TROUBLE: u8 = 2;

/// Runs the command line `args`, whose first item is the program's name, and returns the exit status: 0 where nothing
/// grave was found, 1 where something was, 2 for trouble. Prints to standard output and standard error.
///
/// ```no_run
/// assert_eq!(fauxami::cli::run(["fauxami", "explain", "calque"]), 0);
/// ```
pub fn run<A: Into<OsString> + Clone>(args: impl IntoIterator<Item = A>) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; a closed pipe is none either.
            let _ = error.print();
            return if error.use_stderr() { TROUBLE } else { CLEAN };
        }
    };
    let color = match cli.global.color {
        clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
        clap::ColorChoice::Always => anstream::ColorChoice::Always,
        clap::ColorChoice::Never => anstream::ColorChoice::Never,
    };
    let streams = Streams { color, pager: !cli.global.no_pager };
    match dispatch(cli, streams) {
        Ok(code) => code,
        Err(Failure::Closed) => CLEAN,
        Err(Failure::Error(error)) => {
            streams.error(&error);
            TROUBLE
        }
    }
}

fn dispatch(cli: Cli, streams: Streams) -> Result<u8, Failure> {
    let global = cli.global;
    match cli.command {
        Command::Audit(args) => audit::run(plan::audit(&global, args)?, streams),
        Command::Score(args) => score::run(plan::score(&global, &args)?, streams),
        Command::Evaluate(args) => evaluate::run(&plan::evaluate(&global, args)?, streams),
        Command::Calibrate(args) => calibrate::run(&plan::calibrate(&global, args)?, streams),
        Command::Diff(args) => diff::run(&plan::diff(&global, args)?, streams),
        Command::Align(args) => align::run(plan::align(args)?, streams),
        Command::Rules(args) => docs::rules(&global, &args, streams),
        Command::Explain(args) => docs::explain(&global, &args, streams),
        Command::Completions { shell } => docs::completions(shell, streams),
        Command::Man { command } => docs::man(command.as_deref(), streams),
    }
}
