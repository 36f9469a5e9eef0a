package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.testkit.SharedTraces;

/** The recordings of real kernels, packed ones and those with threads that moved among them. */
class RealRecordingsTest {
  @TempDir Path folder;

  /** The local analysis is held against the recordings' expected answers by its own tests. */
  @Test
  void allOfThemTogetherGiveWhatTheLocalAnalysisGives() throws Exception {
    assumeTrue(SharedTraces.present(), SharedTraces.whyAbsent());
    List<Path> files = new ArrayList<>();
    for (SharedTraces.Recording recording : SharedTraces.list()) {
      files.add(recording.unpackTo(folder));
    }
    Path output = folder.resolve("out");
    Run.job(new JobChoice(folder, output).splits(300_000));
    assertThat(Run.json(output)).isEqualTo(Run.locally(AnalysisChoice.DEFAULT, files));
    try (Tables tables = new Tables(output)) {
      assertThat(tables.rows("select count(*) from latencies"))
          .isEqualTo(tables.rows("select sum(latencies) from windows"));
    }
  }
}
