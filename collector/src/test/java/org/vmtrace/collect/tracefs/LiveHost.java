package org.vmtrace.collect.tracefs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests where tracing cannot be tried for real, and fails those that do not leave the host as
 * it was.
 */
public final class LiveHost implements BeforeEachCallback, AfterEachCallback {
  private String outside;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    LiveTracing.assumeThere();
    outside = LiveTracing.outside();
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (outside != null) {
      // Others on this machine may be tracing, too.
      assertThat(LiveTracing.instances())
          .doesNotContain("vm-trace-" + ProcessHandle.current().pid());
      assertThat(LiveTracing.outside()).isEqualTo(outside);
    }
  }
}
