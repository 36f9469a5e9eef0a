package org.vmtrace.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is said of what Spark throws. */
class FailuresTest {
  @Test
  void aJobThatIsStoppedWhileItWritesIsInterrupted() {
    Exception stopped = new RuntimeException("Job 2 cancelled because SparkContext was shut down");
    assertThat(Failures.of(new RuntimeException("Job aborted.", stopped)))
        .hasMessage("interrupted");
  }

  @Test
  void aJobThatIsStoppedWhileItReadsIsInterrupted() {
    assertThat(
            Failures.of(
                new IllegalStateException("Cannot call methods on a stopped SparkContext.\nmore")))
        .hasMessage("interrupted");
  }

  @Test
  void whatFailedInATaskIsSaidWithoutWhereItFailed() {
    Exception inTask = new IOException("a.dat: no such file\nmore");
    assertThat(Failures.of(new RuntimeException("Task 3 failed 4 times", inTask)))
        .hasMessage("a.dat: no such file");
  }

  @Test
  void whatNobodyExpectedIsNamed() {
    assertThat(
            Failures.of(new RuntimeException("Job aborted.", new ArithmeticException("by zero"))))
        .hasMessage("the job failed: ArithmeticException: by zero; --debug shows where");
  }
}
