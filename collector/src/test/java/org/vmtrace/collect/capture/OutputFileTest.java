package org.vmtrace.collect.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.splice.LinuxCalls;
import org.vmtrace.collect.splice.SystemCalls;

class OutputFileTest {
  @TempDir Path folder;

  private SystemCalls calls;
  private Path path;

  @BeforeEach
  void needsLinux() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "files are made by Linux's calls; skipped");
    calls = LinuxCalls.load();
    path = folder.resolve("trace.bin");
  }

  @Test
  void aFileIsNotReplacedWhileItIsWritten() throws IOException {
    try (OutputFile file = OutputFile.create(calls, path)) {
      assertThatThrownBy(() -> OutputFile.create(calls, path))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("is being written by another vm-trace-collect");
      assertThat(file.hasItsName()).isTrue();
    }
  }

  @Test
  void aFileIsReplacedOnceItIsClosed() throws IOException {
    OutputFile.create(calls, path).close();
    Files.writeString(path, "old");
    try (OutputFile file = OutputFile.create(calls, path)) {
      assertThat(file.hasItsName()).isTrue();
      assertThat(path).isEmptyFile();
    }
  }

  @Test
  void aFileThatWasReplacedHasLostItsNameAndIsNotRemovedByIt() throws IOException {
    OutputFile file = OutputFile.create(calls, path);
    Files.delete(path);
    assertThat(file.hasItsName()).isFalse();
    Files.writeString(path, "of somebody else");
    assertThat(file.hasItsName()).isFalse();
    file.discard();
    assertThat(path).hasContent("of somebody else");
  }

  @Test
  void aFileThatKeptItsNameIsRemovedByIt() throws IOException {
    OutputFile.create(calls, path).discard();
    assertThat(path).doesNotExist();
  }
}
