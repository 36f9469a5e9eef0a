package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.cli.Program;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.BadFiles;
import org.vmtrace.recording.LocalAnalysis;
import org.vmtrace.report.SummaryJson;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.RandomKnobs;
import org.vmtrace.testkit.RandomRecording;
import org.vmtrace.testkit.TraceDatBuilder;
import picocli.CommandLine;

/** The command: exit codes, one line for every error, the summary on standard output. */
class VmTraceAnalyzeTest {
  private static final int PAGE = 4096;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();
  private Path good;

  @BeforeEach
  void makeATrace() throws IOException {
    good = file("good.dat", trace());
  }

  private static byte[] trace() {
    return RandomRecording.of(3, new RandomKnobs().events(1500)).traceDat().version6();
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private int run(Object... arguments) {
    VmTraceAnalyze command =
        new VmTraceAnalyze(Run::job, new PrintStream(out, true, StandardCharsets.UTF_8));
    CommandLine program = Program.of(command.command());
    program.setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("-o", output().toString()));
    Arrays.stream(arguments).map(Object::toString).forEach(all::add);
    return Program.run(program, all.toArray(new String[0]));
  }

  private Path output() {
    return folder.resolve("out");
  }

  private void failsWith(int exitCode, String part, Object... arguments) {
    assertThat(run(arguments)).isEqualTo(exitCode);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("vm-trace-analyze: ").contains(part);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(output().resolve("summary.json")).doesNotExist();
  }

  @Test
  void theSummaryIsPrintedAndStored() throws Exception {
    assertThat(run(good)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("Number of VM events = ")
        .isEqualTo(Files.readString(output().resolve("summary.txt")));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aResultIsNotReplacedUnlessAsked() throws Exception {
    assertThat(run(good)).isZero();
    assertThat(run(good)).isEqualTo(1);
    assertThat(err.toString()).contains("is there already").doesNotContain("\tat ");
    assertThat(run("--overwrite", "--window", "1us", good)).isZero();
    assertThat(Run.json(output())).contains("\"window_ns\": 1000,");
  }

  @Test
  void aResultStaysWhenTheNextInputCannotBeRead() throws Exception {
    assertThat(run(good)).isZero();
    String before = Run.json(output());
    assertThat(run("--overwrite", folder.resolve("nothing"))).isEqualTo(1);
    assertThat(Run.json(output())).isEqualTo(before);
  }

  @Test
  void wrongUsageIsTwo() {
    failsWith(2, "--bogus", "--bogus", good);
  }

  @Test
  void noInputIsWrongUsage() {
    failsWith(2, "PATH");
  }

  @Test
  void aSizeWithoutSenseIsWrongUsage() {
    failsWith(2, "--split-size", "--split-size", "12q", good);
  }

  @Test
  void aFileThatIsNotThere() {
    failsWith(1, "nothing.dat: no such file", folder.resolve("nothing.dat"));
  }

  @Test
  void aFileThatCannotBeReadIsLeftOutIfAsked() throws Exception {
    Path bad = file("bad.dat", Arrays.copyOf(trace(), 1000));
    failsWith(1, "bad.dat: ", good, bad);
    err.getBuffer().setLength(0);
    assertThat(run("--skip-bad-files", good, bad)).isEqualTo(3);
    assertThat(err.toString()).contains("1 file could not be read and was skipped");
    assertThat(Run.json(output()))
        .isEqualTo(
            new String(
                SummaryJson.bytes(
                    new LocalAnalysis(
                            OpenOptions.defaults(),
                            AnalysisChoice.DEFAULT,
                            BadFiles.SKIP,
                            1,
                            LocalAnalysis.Progress.NONE)
                        .analyse(List.of(good, bad))),
                StandardCharsets.UTF_8))
        .contains("\"path\": \"" + bad + "\"");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("were skipped").contains("bad.dat");
  }

  @Test
  void anAnalysisOfBadFilesOnlyFails() throws Exception {
    failsWith(1, "bad.dat: ", "--skip-bad-files", file("bad.dat", Arrays.copyOf(trace(), 1000)));
  }

  @Test
  void aFileMayHaveAlmostAnyName() throws Exception {
    assertThat(run(file("a b [1]%20{x,*}?.dat", trace()))).isZero();
    assertThat(Run.json(output())).contains("/a b [1]%20{x,*}?.dat\"");
  }

  @Test
  void aNameThatHadoopDoesNotTake() throws Exception {
    failsWith(1, "rename it", file("a:b.dat", trace()));
  }

  @Test
  void aGlobOfANameThatHadoopDoesNotTake() throws Exception {
    file("a:b.dat", trace());
    failsWith(1, "*.dat: Hadoop cannot match", folder.resolve("*.dat"));
  }

  @Test
  void anEmptyName() {
    failsWith(1, "a path is empty", "");
  }

  @Test
  void anEmptyFile() throws Exception {
    failsWith(1, "empty.dat: the file is empty", file("empty.dat", new byte[0]));
  }

  @Test
  void aTextFile() throws Exception {
    failsWith(1, "no trace file", file("a.txt", "some text".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFolderWithoutTraces() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("d"));
    Files.writeString(empty.resolve("a.txt"), "some text");
    failsWith(1, "there is no trace in", empty);
  }

  @Test
  void aHeaderCutShort() throws Exception {
    failsWith(1, "cut.dat", file("cut.dat", Arrays.copyOf(trace(), 300)));
  }

  @Test
  void absurdSizesInTheHeader() throws Exception {
    byte[] trace = trace();
    Arrays.fill(trace, 40, 48, (byte) 0x7f); // within the sizes of header_page
    failsWith(1, "absurd.dat", file("absurd.dat", trace));
  }

  @Test
  void aFileWithoutKvmEvents() throws Exception {
    byte[] none = new TraceDatBuilder(PageShape.X86_64).pages(0, new byte[PAGE]).version6();
    failsWith(1, "kvm_exit", file("none.dat", none));
  }

  @Test
  void aDamagedPageIsThreeAndTheRestIsReported() throws Exception {
    byte[] trace = trace();
    byte[] noise = new byte[PAGE];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, trace, trace.length - 2 * PAGE, PAGE);
    assertThat(run(file("bad.dat", trace))).isEqualTo(3);
    assertThat(err.toString()).contains("damaged").doesNotContain("\tat ");
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Number of VM events = ");
    assertThat(Run.json(output())).contains("\"damaged_pages\": 1");
  }

  @Test
  void aLastPageCutShortIsThree() throws Exception {
    byte[] trace = trace();
    assertThat(run(file("cut.dat", Arrays.copyOf(trace, trace.length - 100)))).isEqualTo(3);
    assertThat(Run.json(output())).contains("\"damaged_pages\": 1");
  }

  @Test
  void noiseBehindAGoodHeaderIsThree() throws Exception {
    byte[] noise = new byte[1 << 20];
    new Random(2).nextBytes(noise);
    byte[] trace =
        new TraceDatBuilder(PageShape.X86_64)
            .events(new BuiltTraces().kvm())
            .pages(0, noise)
            .version6();
    assertThat(run(file("noise.dat", trace))).isEqualTo(3);
  }

  @Test
  void lossIsThreeOnlyIfStrict() throws Exception {
    byte[] lossy =
        new BuiltTraces()
            .page(1000)
            .exit(1000)
            .page(2000)
            .lost(5)
            .exit(2000)
            .entry(2001)
            .traceDat();
    Path file = file("lossy.dat", lossy);
    assertThat(run(file)).isZero();
    assertThat(run("--overwrite", "--strict", file)).isEqualTo(3);
    assertThat(err.toString()).contains("lost");
  }

  @Test
  void debugAddsTheStackTrace() {
    assertThat(run("--debug", folder.resolve("nothing.dat"))).isEqualTo(1);
    assertThat(err.toString()).contains("\tat org.vmtrace.spark");
  }

  @Test
  void filesThatAreNoTracesAreSaidToBeSkipped() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "some text");
    assertThat(run(folder)).isZero();
    assertThat(Files.readString(output().resolve("summary.txt")))
        .contains("skipped, since they are no traces: " + folder.resolve("notes.txt"));
  }
}
