package org.vmtrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class ProgramTest {
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @Command(name = "tool")
  static final class Tool implements Callable<Integer> {
    @Option(names = "--window", converter = DurationConverter.class)
    private long window;

    @Option(names = "--size", converter = SizeConverter.class)
    private long size;

    private Throwable failure;

    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (Exception) failure;
      }
      return 0;
    }
  }

  private final Tool tool = new Tool();

  @Test
  void givesTheCommandsExitCode() {
    assertThat(run("--window", "2ms", "--size", "64KiB")).isZero();
    assertThat(tool.window).isEqualTo(2_000_000);
    assertThat(tool.size).isEqualTo(65_536);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void namesTheOptionThatMayHaveBeenMeant() {
    assertThat(run("--windw=1ms")).isEqualTo(2);
    assertThat(err)
        .hasToString("tool: Unknown option: '--windw=1ms' (did you mean --window?); try --help\n");
  }

  @Test
  void saysWhatIsWrongWithAValue() {
    assertThat(run("--window", "5")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("tool: ")
        .contains("--window")
        .contains("\"5\" is no duration")
        .endsWith("; try --help\n")
        .hasLineCount(1);
  }

  @Test
  void showsAFailureInOneLine() {
    tool.failure = new IOException("trace.bin: it is\nbroken\u001b[31m");

    assertThat(run()).isEqualTo(1);
    assertThat(err).hasToString("tool: trace.bin: it is\\u000abroken\\u001b[31m\n");
  }

  @Test
  void whatStandsOnTheCommandLineIsNoMoreTrustedThanAFile() {
    assertThat(run("--\u001b[31mred")).isEqualTo(2);
    assertThat(err.toString()).contains("--\\u001b[31mred").doesNotContain("\u001b");
  }

  @Test
  void debugAddsTheStackTrace() {
    tool.failure = new NoSuchFileException("trace.bin");

    assertThat(run("--debug")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tool: trace.bin: there is no such file\n")
        .contains("\tat org.vmtrace.cli.ProgramTest");
  }

  @Test
  void treatsAParameterThatTheCommandRefusesAsWrongUsage() {
    CommandLine program = program();
    tool.failure = new ParameterException(program, "that makes no sense");

    assertThat(Program.run(program)).isEqualTo(2);
    assertThat(err).hasToString("tool: that makes no sense; try --help\n");
  }

  @Test
  void survivesAFullHeap() {
    tool.failure = new OutOfMemoryError("Java heap space");

    assertThat(run()).isEqualTo(1);
    assertThat(err.toString()).startsWith("tool: there is not enough memory").hasLineCount(1);
  }

  @Test
  void anyErrorIsOneLine() {
    tool.failure = new NoClassDefFoundError("org/vmtrace/Gone");

    assertThat(run()).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "tool: internal error: java.lang.NoClassDefFoundError: org/vmtrace/Gone; --debug shows"
                + " where, please report it\n");
  }

  @Test
  void debugAddsTheStackTraceOfAnError() {
    tool.failure = new StackOverflowError();

    assertThat(run("--debug")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tool: internal error: java.lang.StackOverflowError")
        .contains("\tat org.vmtrace.cli.ProgramTest");
  }

  @Test
  void anArgumentWithAnAtSignIsNoFileOfArguments(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("arguments"), "--version");

    assertThat(run("@" + file)).isEqualTo(2);
    assertThat(err.toString()).contains("@" + file);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void versionNamesTheProgram() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("tool ").hasLineCount(1);
  }

  private CommandLine program() {
    return Program.of(CommandSpec.forAnnotatedObject(tool))
        .setErr(new PrintWriter(err, true))
        .setOut(new PrintWriter(out, true));
  }

  private int run(String... arguments) {
    return Program.run(program(), arguments);
  }
}
