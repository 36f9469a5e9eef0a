package org.vmtrace.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.vmtrace.cli.Program;
import picocli.CommandLine;

/** A finished run of the command within the test's own JVM. */
public record Run(int exitCode, String out, String err) {
  public static Run of(String... arguments) {
    ByteArrayOutputStream results = new ByteArrayOutputStream();
    StringWriter help = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program =
        Program.of(new VmTraceCollect(results).command())
            .setOut(new PrintWriter(help, true))
            .setErr(new PrintWriter(err, true));
    int exitCode = Program.run(program, arguments);
    return new Run(exitCode, results.toString(UTF_8) + help, err.toString());
  }

  /** A run with {@code -f FILE} in front. */
  public static Run file(Path file, String... more) {
    return of(
        Stream.concat(Stream.of("-f", file.toString()), Stream.of(more)).toArray(String[]::new));
  }

  List<String> lines() {
    return out.lines().toList();
  }

  /** The lines of the events, without the summary. */
  public List<String> events() {
    int summary = lines().indexOf("");
    return summary < 0 ? lines() : lines().subList(0, summary);
  }

  /** Checks that it ended so, with one line on standard error that has this text. */
  void failed(int code, String... texts) {
    assertThat(err).startsWith("vm-trace-collect: ").contains(texts).hasLineCount(1);
    assertThat(err).doesNotContain("Exception");
    assertThat(exitCode).isEqualTo(code);
  }
}
