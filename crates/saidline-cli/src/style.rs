//! Colours, where they are wanted.

use std::env;
use std::fmt::Display;
use std::io::{IsTerminal, stderr};

use anstyle::{AnsiColor, Style};

use crate::args::Color;
use crate::out;

/// A style, or none.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ink(Style);

impl Ink {
    /// `words` in this style.
    pub(crate) fn of(self, words: impl Display) -> String {
        format!("{}{words}{:#}", self.0, self.0)
    }
}

/// The styles of all that people see.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Styles {
    /// Whether there are colours; where there are none, signs stand for them.
    pub(crate) colours: bool,
    pub(crate) title: Ink,
    pub(crate) speaker: Ink,
    pub(crate) direct: Ink,
    pub(crate) faint: Ink,
    pub(crate) cut: Ink,
    pub(crate) mark: Ink,
    pub(crate) error: Ink,
    pub(crate) warning: Ink,
    pub(crate) hint: Ink,
}

impl Styles {
    pub(crate) fn coloured() -> Self {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        Self {
            colours: true,
            title: Ink(Style::new().bold().underline()),
            speaker: Ink(color(AnsiColor::Cyan).bold()),
            direct: Ink(color(AnsiColor::Green)),
            faint: Ink(Style::new().dimmed()),
            cut: Ink(color(AnsiColor::Red).strikethrough()),
            mark: Ink(color(AnsiColor::Yellow).bold()),
            error: Ink(color(AnsiColor::Red).bold()),
            warning: Ink(color(AnsiColor::Yellow).bold()),
            hint: Ink(color(AnsiColor::Cyan)),
        }
    }

    /// The styles for standard output.
    pub(crate) fn of_stdout(color: Color) -> Self {
        let wanted = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => out::stdout_is_terminal() && environment_allows(),
        };
        if wanted { Self::coloured() } else { Self::default() }
    }

    /// The styles for standard error.
    pub(crate) fn of_stderr() -> Self {
        if stderr().is_terminal() && environment_allows() { Self::coloured() } else { Self::default() }
    }
}

/// <https://no-color.org>: any value but the empty one.
fn environment_allows() -> bool {
    env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && env::var_os("TERM").is_none_or(|term| term != "dumb")
}
