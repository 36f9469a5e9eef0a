package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.capture.CaptureResult;
import org.vmtrace.collect.capture.CaptureSession;
import org.vmtrace.collect.capture.CaptureSettings;
import org.vmtrace.collect.console.LineOutput;
import org.vmtrace.collect.tracefs.LiveHost;

/** On the kernel that this runs on. */
@ExtendWith(LiveHost.class)
class CaptureReportTest {
  @TempDir Path folder;

  @Test
  void theFilesAreMergedAlthoughTheAnalysisFails() throws Exception {
    int cpu = CaptureChoice.lastCpu();
    assumeTrue(cpu >= 1, "several CPUs are recorded where there are several; skipped");
    CaptureSettings settings =
        new CaptureChoice(folder.resolve("trace.bin"), 0, cpu).merge().settings();
    List<String> told = new ArrayList<>();
    try (CaptureSession session = CaptureChoice.session(settings, told)) {
      CaptureResult result = session.run();
      CaptureReport report =
          new CaptureReport(
              settings,
              session,
              result,
              new CaptureCommand.Manner(true, false, false, false),
              new EarlyEnd(),
              told::add);
      Files.delete(result.cpus().get(0).path());
      assertThatThrownBy(() -> report.print(new LineOutput(new ByteArrayOutputStream())))
          .isInstanceOf(NoSuchFileException.class);
    }
    assertThat(folder.toFile().list()).containsExactly("trace.bin");
    assertThat(told).isEmpty();
  }
}
