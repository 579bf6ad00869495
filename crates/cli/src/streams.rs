//! Standard input, output and error, and what is known about the terminal behind them.

use std::io::{self, BufWriter, IsTerminal, Read, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use terminal_size::{Width, terminal_size_of};

/// Where nobody knows how wide the reader's window is.
const USUAL_WIDTH: usize = 80;
/// Prose is hard to read in longer lines.
const WIDEST_PROSE: usize = 100;

/// When to write in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// Where a terminal shows it.
    Auto,
    /// Also into files and pipes.
    Always,
    /// Not at all.
    Never,
}

/// How findings are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Canvas {
    /// Characters in a line.
    pub width: usize,
    pub colour: bool,
    /// Whether a window shows it: then long messages are broken between words.
    pub is_window: bool,
}

/// The three standard streams of a run.
pub struct Streams<'a> {
    pub(crate) input: Box<dyn Read + 'a>,
    pub(crate) out: Box<dyn Write + 'a>,
    err: Box<dyn Write + 'a>,
    out_colour: bool,
    err_colour: bool,
    terminal_width: Option<usize>,
    shows_progress: bool,
}

impl<'a> Streams<'a> {
    /// Streams that are no terminal: 80 characters wide, without colour unless `--color always` asks for it.
    pub fn new(input: &'a mut dyn Read, out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self {
            input: Box::new(input),
            out: Box::new(out),
            err: Box::new(err),
            out_colour: false,
            err_colour: false,
            terminal_width: None,
            shows_progress: false,
        }
    }
}

impl Streams<'static> {
    /// The streams of this process. Colour goes where a terminal shows it, and follows `NO_COLOR` and `CLICOLOR_FORCE`.
    pub fn of_process() -> Self {
        let coloured = |choice: ColorChoice| choice != ColorChoice::Never;
        Self {
            input: Box::new(io::stdin()),
            out: Box::new(BufWriter::new(AutoStream::always(io::stdout()))),
            err: Box::new(AutoStream::always(io::stderr())),
            out_colour: coloured(AutoStream::choice(&io::stdout())),
            err_colour: coloured(AutoStream::choice(&io::stderr())),
            terminal_width: terminal_size_of(io::stdout()).map(|(Width(width), _)| usize::from(width)),
            shows_progress: io::stderr().is_terminal(),
        }
    }
}

impl Streams<'_> {
    pub(crate) fn set_colour(&mut self, colour: Colour) {
        if colour != Colour::Auto {
            self.out_colour = colour == Colour::Always;
            self.err_colour = self.out_colour;
        }
    }

    pub(crate) fn out_colour(&self) -> bool {
        self.out_colour
    }

    /// How findings are drawn on the output.
    pub(crate) fn out_canvas(&self) -> Canvas {
        Canvas { width: self.prose_width(), colour: self.out_colour, is_window: self.terminal_width.is_some() }
    }

    /// How findings are drawn on standard error; it is taken to be as wide as the output.
    pub(crate) fn err_canvas(&self) -> Canvas {
        Canvas { colour: self.err_colour, ..self.out_canvas() }
    }

    /// The window's width, where the output goes to one.
    pub(crate) fn terminal_width(&self) -> Option<usize> {
        self.terminal_width
    }

    /// Characters in a line of a table.
    pub(crate) fn width(&self) -> usize {
        self.terminal_width.unwrap_or(USUAL_WIDTH)
    }

    /// Characters in a line of findings or help.
    pub(crate) fn prose_width(&self) -> usize {
        self.width().min(WIDEST_PROSE)
    }

    pub(crate) fn shows_progress(&self) -> bool {
        self.shows_progress
    }

    /// Standard error, after everything that was printed before.
    pub(crate) fn err(&mut self) -> (&mut dyn Write, bool) {
        // An output that cannot be flushed fails again, and is reported, at the end of the run.
        let _ = self.out.flush();
        (&mut *self.err, self.err_colour)
    }

    /// Says on standard error that something could not be done.
    pub(crate) fn complain(&mut self, message: &str) {
        let (err, colour) = self.err();
        let (on, off) = if colour { ("\x1b[1m\x1b[91m", "\x1b[0m") } else { ("", "") };
        // Where standard error is closed too, only the exit status is left to tell.
        let _ = writeln!(err, "{on}error:{off} {}", printable(message)).and_then(|()| err.flush());
    }
}

/// A message whose control characters are shown and not obeyed: names of files and things of a plan come from outside.
pub fn printable(message: &str) -> String {
    let shown = |c: char| match c {
        '\n' => "\n".to_owned(),
        c if c.is_control() => c.escape_debug().to_string(),
        c => c.to_string(),
    };
    message.chars().map(shown).collect()
}
