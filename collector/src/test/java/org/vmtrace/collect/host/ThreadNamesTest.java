package org.vmtrace.collect.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.HostTree;

class ThreadNamesTest {
  @TempDir Path root;

  @Test
  void onlyTheThreadsInQuestionAreNamed() throws IOException {
    new HostTree(root).file("proc/4/comm", "here now\n").file("proc/5/comm", "nobody asked\n");
    assertThat(
            ThreadNames.of(
                Set.of(2, 3, 4), Map.of(1, "one", 2, "two gone", 4, "before exec"), root))
        .isEqualTo(Map.of(2, "two gone", 4, "here now"));
  }
}
