//! The logframe command.

fn main() -> std::process::ExitCode {
    logframe_cli::run(std::env::args_os(), &mut logframe_cli::Streams::of_process()).into()
}
