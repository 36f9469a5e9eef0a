package org.vmtrace.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.Seeds;
import org.vmtrace.testkit.TraceDatBuilder;

/** Whatever the input: one clear line, the documented exit code, and what could be read. */
class BadInputTest {
  private static final KvmEvents KVM = KvmEvents.linux61();
  private static final int PAGE = PageShape.X86_64.pageBytes();

  @TempDir Path folder;

  @Test
  void anEmptyFileIsNoTrace() throws IOException {
    Run.file(file(new byte[0])).failed(1, "trace.bin: the file is empty");
  }

  @Test
  void aTextFileIsNoTrace() throws IOException {
    Run.file(file("Number of VM events = 0\n".getBytes(UTF_8)))
        .failed(1, "trace.bin: this is no trace file; ");
  }

  @Test
  void aFileThatCannotBeReadIsLeftOutIfAsked() throws IOException {
    Path good = Files.write(folder.resolve("good.dat"), trace(page(0)));
    Path bad = Files.write(folder.resolve("bad.dat"), Arrays.copyOf(trace(page(0)), 1000));

    Run run = Run.of("-f", good.toString(), bad.toString(), "--skip-bad-files");
    run.failed(3, "1 file could not be read and was skipped");
    assertThat(run.out()).startsWith("Number of VM events = ").contains("bad.dat");
  }

  @Test
  void aFolderWithoutTracesIsNamed() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "nothing here\n");

    Run.file(folder).failed(1, folder + ": there is no trace");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Run.file(folder.resolve("nothing.bin")).failed(1, "nothing.bin: there is no such file");
  }

  @Test
  void aFileBelowAFileIsNamed() throws IOException {
    Path file = file(new byte[8]);

    Run.file(file.resolve("inner")).failed(1, "trace.bin/inner: ");
  }

  @Test
  void aFileThatMayNotBeReadIsNamed() throws IOException {
    Path file = file(trace(page(0)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "root may read every file");

    Run.file(file).failed(1, "trace.bin: permission denied; ");
  }

  @Test
  void aHeaderThatIsCutShortIsRefusedWithThePlace() throws IOException {
    byte[] whole = trace(page(0));

    Run.file(file(Arrays.copyOf(whole, 1000))).failed(1, "trace.bin: ", "(at byte ", "; ");
  }

  @Test
  void absurdSizesInTheHeaderAreRefusedWithThePlace() throws IOException {
    byte[] whole = trace(page(0));
    int size = indexOf(whole, "header_page\0") + "header_page\0".length();
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(size, 0x7fff_ffff_ffff_fff0L);

    Run.file(file(whole)).failed(1, "trace.bin: ", "9223372036854775792 bytes", "(at byte ");
  }

  @Test
  void missingEventsAreNamedWithWhatToDo() throws IOException {
    TraceDatBuilder other =
        new TraceDatBuilder(PageShape.X86_64).event(KVM.entry()).event(KVM.other());

    Run.file(file(other.pages(0, page(0)).version6()))
        .failed(1, "there is no event kvm:kvm_exit", "--exit-event");
  }

  @Test
  void aLastPageThatIsCutShortCostsThatPage() throws IOException {
    byte[] whole = trace(PageBuilder.concat(builder(0), builder(1)));

    Run run = Run.file(file(Arrays.copyOf(whole, whole.length - PAGE / 2)));

    run.failed(3, "the input is damaged: 1 page", "parts of the input are missing");
    assertThat(run.out())
        .startsWith("Number of VM events = 2\n")
        .contains("the file ends within the page");
  }

  @Test
  void aFileThatIsCutBetweenPagesGivesThePagesItHas() throws IOException {
    byte[] whole = trace(PageBuilder.concat(builder(0), builder(1), builder(2)));

    Run run = Run.file(file(Arrays.copyOf(whole, whole.length - PAGE)));

    run.failed(3, "parts of the input are missing (trace.bin)");
    assertThat(run.out())
        .startsWith("Number of VM events = 4\n")
        .contains("Warning: ", "the file is cut short: it has 8192 of 12288 bytes");
  }

  @Test
  void aCommitWordBeyondThePageCostsThatPage() throws IOException {
    Run run =
        Run.file(
            file(trace(PageBuilder.concat(builder(0), builder(1).falseLength(4081), builder(2)))));

    run.failed(3, "the input is damaged: 1 page");
    assertThat(run.out())
        .startsWith("Number of VM events = 4\n")
        .contains("the commit word says more data than a page holds");
  }

  @Test
  void aRecordOfLengthZeroCostsTheRestOfThePage() throws IOException {
    PageBuilder broken = builder(1).word(0, 5).rawInt(0);

    Run run = Run.file(file(trace(PageBuilder.concat(builder(0), broken, builder(2)))));

    run.failed(3, "the input is damaged: 1 page");
    assertThat(run.out()).startsWith("Number of VM events = 6\n").contains("a record has length 0");
  }

  @Test
  void randomBytesBehindAGoodHeaderCostTheirPages() throws IOException {
    long seed = Seeds.first();
    byte[] pages = new byte[1000 * PAGE];
    new Random(seed).nextBytes(pages);
    System.arraycopy(page(0), 0, pages, 0, PAGE);

    Run run = Run.file(file(trace(pages)));

    assertThat(run.exitCode()).as("seed %d", seed).isEqualTo(3);
    assertThat(run.err()).as("seed %d", seed).contains("the input is damaged: ").hasLineCount(1);
    assertThat(run.out()).as("seed %d", seed).contains("... and ", "page at byte");
  }

  @Test
  void damageIsShownAmongTheEventsAtItsPlace() throws IOException {
    PageBuilder broken = builder(1).word(0, 5).rawInt(0);

    Run run = Run.file(file(trace(PageBuilder.concat(builder(0), broken, builder(2)))), "-v");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.events()).hasSize(7);
    assertThat(run.events().get(4))
        .startsWith("CPU 0: DAMAGE, a record has length 0 (page at byte ");
  }

  @Test
  void aBrokenTraceInAFolderIsNamedAndTheOthersAreRead() throws IOException {
    byte[] whole = trace(page(0));
    Files.write(folder.resolve("a.dat"), whole);
    Files.write(folder.resolve("b.dat"), Arrays.copyOf(whole, 100));
    Files.writeString(folder.resolve("notes.txt"), "no trace\n");

    Run run = Run.file(folder);

    run.failed(3, "1 file could not be read and was skipped");
    assertThat(run.out())
        .startsWith("Number of VM events = 2\n")
        .contains("could not be read and were skipped", "b.dat");
  }

  @Test
  void aFileWhoseNameIsNoTextIsReadAsAnyOther() throws IOException, InterruptedException {
    Files.write(folder.resolve("a.dat"), trace(page(0)));
    // Java makes no such name of a text.
    String rename = "mv \"$0/a.dat\" \"$0/a$(printf '\\377').dat\"";
    int renamed = new ProcessBuilder("sh", "-c", rename, folder.toString()).start().waitFor();
    assumeTrue(renamed == 0, "no shell, or a file system whose names are texts");

    Run run = Run.file(folder);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Number of VM events = 2\n");
  }

  @Test
  void aBrokenTraceThatIsNamedFailsBesideAFolder() throws IOException {
    Path good = Files.createDirectory(folder.resolve("good"));
    Files.write(good.resolve("a.dat"), trace(page(0)));
    Path bad = file(Arrays.copyOf(trace(page(0)), 100));

    Run.of("-f", bad.toString(), good.toString()).failed(1, "trace.bin: ", "(at byte ");
  }

  @Test
  void debugShowsWhereItFailed() throws IOException {
    Run run = Run.file(file(new byte[0]), "--debug");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("vm-trace-collect: ")
        .contains("TraceFormatException", "\tat org.vmtrace.file.");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("trace.bin"), bytes);
  }

  private static byte[] trace(byte[] pages) {
    return new TraceDatBuilder(PageShape.X86_64).events(KVM).pages(0, pages).version6();
  }

  private static byte[] page(int second) {
    return builder(second).build();
  }

  /** A page with an exit at that second and an entry 5 us later. */
  private static PageBuilder builder(int second) {
    long time = (1 + second) * 1_000_000_000L;
    return new PageBuilder(PageShape.X86_64, time)
        .event(time, KVM.exit(100, PlainIsa.VMX, 30, 0x1000, 0))
        .event(time + 5_000, KVM.entry(100, 0x1002, 0, false));
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
