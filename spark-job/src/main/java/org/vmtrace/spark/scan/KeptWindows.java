package org.vmtrace.spark.scan;

import java.io.IOException;
import org.vmtrace.latency.window.WindowBatch;
import org.vmtrace.spark.cluster.Packed;

/**
 * Some of the tumbling windows that the scan found in a split, for a {@link
 * org.vmtrace.latency.split.WindowJoin}.
 */
public final class KeptWindows implements ScanPart {
  private static final long serialVersionUID = 1;

  private final byte[] windows;

  KeptWindows(WindowBatch windows) {
    this.windows = Packed.bytes(windows::write);
  }

  /** Appends the windows to a batch. */
  public void addTo(WindowBatch batch) throws IOException {
    batch.read(Packed.input(windows));
  }
}
