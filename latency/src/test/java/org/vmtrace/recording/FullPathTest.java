package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullPathTest {
  private Path folder;

  /** The folder here/today is a link to store/today; both here and store hold a file t.dat. */
  @BeforeEach
  void makeFoldersAndALink(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
    Files.createDirectories(folder.resolve("store/today"));
    Files.createDirectory(folder.resolve("here"));
    Files.createSymbolicLink(folder.resolve("here/today"), Path.of("../store/today"));
    Files.createFile(folder.resolve("store/t.dat"));
    Files.createFile(folder.resolve("here/t.dat"));
  }

  private void assertNamed(String path, String name) {
    assertThat(FullPath.of(folder.resolve(path))).isEqualTo(folder.resolve(name));
  }

  @Test
  void stepsThatTheTextCanTakeAreLeftOut() {
    assertNamed("here/.././store/t.dat", "store/t.dat");
  }

  @Test
  void theFolderAboveALinkIsThatOfWhereItLeads() {
    assertNamed("here/today/../t.dat", "store/t.dat");
  }

  @Test
  void theFolderAboveALinkMayHaveWhatTheFolderOfTheLinkHasNot() throws IOException {
    Files.delete(folder.resolve("here/t.dat"));
    assertNamed("here/today/../t.dat", "store/t.dat");
  }

  @Test
  void whatIsNotThereYetIsNamedByWhereItsFolderIs() {
    assertNamed("here/today/../new", "store/new");
  }

  @Test
  void aLinkThatNoStepGoesBehindKeepsItsName() {
    assertNamed("store/../here/today", "here/today");
  }

  @Test
  void aLinkAtTheEndKeepsItsName() throws IOException {
    Files.createSymbolicLink(folder.resolve("store/newest.dat"), Path.of("t.dat"));
    assertNamed("here/today/../newest.dat", "store/newest.dat");
  }

  @Test
  void aStepUpAtTheEndIsTaken() {
    assertNamed("here/..", "");
    assertNamed("here/today/..", "store");
  }

  @Test
  void aStepThatStaysAtTheEndIsLeftOut() {
    assertNamed("here/.", "here");
  }

  @Test
  void aPathThatLeadsNowhereStaysAsItIs() {
    assertNamed("nowhere/../t.dat", "nowhere/../t.dat");
  }

  @Test
  void thereIsNothingAboveTheRoot() {
    Path root = folder.getRoot();
    assertThat(FullPath.of(root)).isEqualTo(root);
    assertThat(FullPath.of(root.resolve(".."))).isEqualTo(root);
  }

  @Test
  void aRelativePathBeginsInTheWorkingFolder() {
    assertThat(FullPath.of(Path.of("t.dat")))
        .isEqualTo(Path.of(System.getProperty("user.dir"), "t.dat"));
  }
}
