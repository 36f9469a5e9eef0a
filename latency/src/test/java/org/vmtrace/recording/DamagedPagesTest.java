package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.latency.pair.StreamCounts.DamagedPage;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.DamageRow;
import org.vmtrace.ring.Damage;

/** Pages that cannot be read to their end are listed, so that somebody can look at them. */
class DamagedPagesTest {
  private static final int THREAD = 101;
  private static final int PAGE = 4096;

  @TempDir Path folder;

  @Test
  void aDamagedPageIsListedWithItsPlaceAndCause() throws Exception {
    Summary summary =
        new Story().on(3).exit(THREAD, 100).page().entry(THREAD, 180).damage().summary(folder);

    Path file = folder.resolve("story.dat");
    // The pages are the end of the file; the second one has a head of 16 bytes and one record.
    assertThat(summary.damage())
        .containsExactly(
            new DamageRow(
                file.toString(),
                new DamagedPage(
                    Files.size(file) - PAGE, 3, Damage.RECORD_LENGTH_ZERO, 16 + 4 + 32)));
  }

  @Test
  void ofManyInAStreamTheFirstThousandAreListed() throws Exception {
    Story story = new Story();
    for (int page = 0; page < 1002; page++) {
      story.exit(THREAD, 100 + page).damage();
    }
    Summary summary = story.summary(folder);

    long first = Files.size(folder.resolve("story.dat")) - 1002 * PAGE;
    assertThat(summary.events().damagedPages()).isEqualTo(1002);
    assertThat(summary.damage()).hasSize(1000);
    assertThat(summary.damage().get(999).page().position()).isEqualTo(first + 999 * PAGE);
  }

  @Test
  void thoseOfSeveralStreamsAreListedByTheirPlaceInTheFile() throws Exception {
    Summary summary =
        new Story()
            .on(1)
            .exit(THREAD, 100)
            .damage()
            .on(0)
            .exit(THREAD, 200)
            .page()
            .exit(THREAD, 300)
            .damage()
            .summary(folder);

    assertThat(summary.damage()).extracting(row -> row.page().cpu()).containsExactly(0, 1);
  }
}
