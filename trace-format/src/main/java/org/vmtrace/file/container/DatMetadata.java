package org.vmtrace.file.container;

import java.util.Map;
import org.vmtrace.event.EventFormats;
import org.vmtrace.file.TraceMetadata;

/** The metadata of a trace.dat file. */
final class DatMetadata {
  private DatMetadata() {}

  static TraceMetadata of(
      String container,
      DatOptions said,
      Map<Integer, String> comms,
      EventFormats formats,
      Findings findings) {
    return new TraceMetadata(
        container,
        said.kernel,
        said.host(),
        said.clock,
        said.recordingId,
        comms,
        said.cpuStats,
        said.tsc,
        formats,
        findings.warnings(),
        findings.isDamaged());
  }
}
