package org.vmtrace.cli;

import java.io.PrintWriter;
import java.util.List;
import org.vmtrace.event.Printable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a picocli command so that every error is one line on standard error that names the program,
 * and the exit code one of {@link ExitCodes}. {@code --debug}, which every command gets, adds the
 * stack trace.
 */
public final class Program {
  private static final int HELP_WIDTH = 100;
  private static final String DEBUG = "--debug";

  private Program() {}

  /** Runs a command made by {@link #of}; returns its exit code, whatever happens. */
  public static int run(CommandLine program, String... arguments) {
    try {
      return program.execute(arguments);
    } catch (Error e) {
      // Picocli hands on exceptions only.
      tell(program, ErrorText.of(e));
      if (List.of(arguments).contains(DEBUG)) {
        e.printStackTrace(program.getErr());
      }
      return ExitCodes.FAILED;
    }
  }

  /**
   * The command, ready for {@link #run}.
   *
   * @param command its name, its own options, and as its user object a {@link
   *     java.util.concurrent.Callable} that gives the exit code
   */
  public static CommandLine of(CommandSpec command) {
    command
        .versionProvider(new VersionProvider(command))
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build())
        .addOption(Options.flag("Show the stack trace of an error.", DEBUG));
    command.usageMessage().sortOptions(false).width(HELP_WIDTH);
    // @ is a character like any other: nothing on the command line stands for a file of arguments.
    CommandLine program = new CommandLine(command).setExpandAtFiles(false);
    Failures failures = new Failures();
    program.setParameterExceptionHandler(failures);
    program.setExecutionExceptionHandler(failures);
    return program;
  }

  /** Says something in one line on standard error, with all escaped that is not simply shown. */
  public static void tell(CommandLine program, String message) {
    PrintWriter err = program.getErr();
    err.println(program.getCommandName() + ": " + Printable.text(message));
    err.flush();
  }

  /**
   * Turns what went wrong into a line and an exit code. A class and no two lambdas: those would
   * keep picocli's classes out of a class-data archive.
   */
  private static final class Failures
      implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
      CommandLine program = failure.getCommandLine();
      String message = failure.getMessage();
      if (failure instanceof UnmatchedArgumentException unmatched) {
        List<String> suggestions = unmatched.getSuggestions();
        if (!suggestions.isEmpty()) {
          message += " (did you mean " + String.join(" or ", suggestions) + "?)";
        }
      }
      // Some of picocli's messages have several lines.
      tell(program, message.strip().replaceAll("\\s*\\R\\s*", "; ") + "; try --help");
      if (List.of(arguments).contains(DEBUG)) {
        failure.printStackTrace(program.getErr());
      }
      return ExitCodes.USAGE;
    }

    @Override
    public int handleExecutionException(
        Exception failure, CommandLine program, ParseResult arguments) {
      tell(program, ErrorText.of(failure));
      if (arguments.hasMatchedOption(DEBUG)) {
        failure.printStackTrace(program.getErr());
      }
      return ExitCodes.FAILED;
    }
  }
}
