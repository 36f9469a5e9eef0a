package org.vmtrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.vmtrace.file.TraceFormatException;

class ErrorTextTest {
  @Test
  void aMissingFileIsCalledMissing() {
    assertThat(ErrorText.of(new NoSuchFileException("/x/trace.bin")))
        .isEqualTo("/x/trace.bin: there is no such file");
  }

  @Test
  void anUnreadableFileIsNamedWithWhatToDo() {
    assertThat(ErrorText.of(new AccessDeniedException("/x/trace.bin")))
        .startsWith("/x/trace.bin: permission denied; ");
  }

  @Test
  void theSystemsReasonIsGiven() {
    assertThat(ErrorText.of(new FileSystemException("/x", null, "Too many levels of links")))
        .isEqualTo("/x: Too many levels of links");
  }

  @Test
  void aBrokenHeaderSpeaksForItself() {
    TraceFormatException broken =
        new TraceFormatException("/x/trace.bin", 17, "the file ends", "copy it again");

    assertThat(ErrorText.of(broken))
        .isEqualTo("/x/trace.bin: the file ends (at byte 17); copy it again");
  }

  @Test
  void whatAnotherThreadMetIsNotWrapped() {
    IOException met = new IOException("/x: it is gone");

    assertThat(ErrorText.of(new IllegalStateException(new ExecutionException(met))))
        .isEqualTo("/x: it is gone");
    assertThat(ErrorText.of(new UncheckedIOException(met))).isEqualTo("/x: it is gone");
  }

  @Test
  void anythingElseIsOurOwnMistake() {
    assertThat(ErrorText.of(new IllegalStateException("row 7")))
        .isEqualTo(
            "internal error: java.lang.IllegalStateException: row 7; --debug shows where, please"
                + " report it");
  }
}
