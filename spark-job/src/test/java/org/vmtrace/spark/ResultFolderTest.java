package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a result may be written. */
class ResultFolderTest {
  @TempDir Path folder;

  private ResultFolder claim(Path path, boolean overwrite) throws IOException {
    return ResultFolder.claim(
        "OUT", new org.apache.hadoop.fs.Path(path.toUri()), overwrite, new Configuration());
  }

  private static void claim(Path path, Configuration conf) throws IOException {
    ResultFolder.claim("OUT", new org.apache.hadoop.fs.Path(path.toUri()), false, conf);
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  @Test
  void whatIsNotThereOrEmptyIsFree() throws Exception {
    claim(folder.resolve("new"), false);
    claim(folder, false);
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void aResultIsOnlyReplacedWhenAsked() throws Exception {
    file("summary.json");
    file("latencies/part-00000.zstd.parquet");
    assertThatThrownBy(() -> claim(folder, false))
        .hasMessage("OUT is there already: --overwrite replaces it, -o gives another folder");
    ResultFolder result = claim(folder, true);
    assertThat(folder.resolve("summary.json")).exists();
    result.clear();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatADeadJobLeftIsAResultToo() throws Exception {
    file("_temporary/0/_temporary/attempt/latencies/part-00000.zstd.parquet");
    file("__magic_job-0c4f/tasks/attempt/__base/latencies/part-00000.zstd.parquet.pending");
    file("__magic/job-0c4f/00.pendingset");
    file("windows/.part-00000.zstd.parquet.crc");
    file("._summary.json.crc");
    claim(folder, true).clear();
    assertThat(folder).isDirectoryNotContaining("glob:**/_*");
  }

  @Test
  void aFileOfAMagicNameIsNotReplaced() throws Exception {
    file("__magic.txt");
    assertThatThrownBy(() -> claim(folder, true))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("OUT holds __magic.txt");
  }

  @Test
  void nothingElseIsEverReplaced() throws Exception {
    file("summary.json");
    Path notes = file("notes.txt");
    assertThatThrownBy(() -> claim(folder, true))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("OUT holds notes.txt");
    assertThat(notes).exists();
  }

  @Test
  void aTableOfSomethingElseIsNotReplaced() throws Exception {
    file("latencies/2026.csv");
    assertThatThrownBy(() -> claim(folder, true))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("OUT holds latencies");
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = file("f");
    assertThatThrownBy(() -> claim(file, true)).hasMessageStartingWith("OUT is a file");
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedBeforeAnythingIsDone() throws Exception {
    Path file = file("f");
    assertThatThrownBy(() -> claim(file.resolve("below/it"), false))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot make a folder in OUT")
        .hasMessageEndingWith("give another folder with -o");
    assertThatThrownBy(() -> claim(Path.of("/proc/result"), false))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot make a folder in OUT");
  }

  /** Local files beside which another job begins and ends. */
  public static final class Shared extends LocalFileSystem {
    private static final String MADE = "test.made";
    private static final String TAKEN = "test.taken";

    private boolean taken;

    @Override
    public boolean mkdirs(org.apache.hadoop.fs.Path folder) throws IOException {
      if (getConf().getBoolean(TAKEN, false) && !taken) {
        taken = true;
        throw new FileNotFoundException("the parent of " + folder);
      }
      boolean made = super.mkdirs(folder);
      String other = getConf().get(MADE);
      return other == null ? made : made && super.mkdirs(new org.apache.hadoop.fs.Path(other));
    }
  }

  private static Configuration shared() {
    Configuration conf = new Configuration();
    conf.setClass("fs.file.impl", Shared.class, FileSystem.class);
    conf.setBoolean("fs.file.impl.disable.cache", true);
    return conf;
  }

  @Test
  void aParentInWhichAnotherJobHasBegunStays() throws Exception {
    Path other = folder.resolve("results/monday/other");
    Configuration conf = shared();
    conf.set(Shared.MADE, other.toString());
    claim(folder.resolve("results/monday/one"), conf);
    assertThat(other).isEmptyDirectory();
    assertThat(other.getParent()).isDirectoryNotContaining(path -> !path.equals(other));
  }

  @Test
  void aParentThatAnotherJobTakesAwayIsMadeAgain() throws Exception {
    Configuration conf = shared();
    conf.setBoolean(Shared.TAKEN, true);
    claim(folder.resolve("results/monday/one"), conf);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void tryingToWriteLeavesNothing() throws Exception {
    claim(folder.resolve("a/b/c"), false);
    assertThat(folder).isEmptyDirectory();
  }
}
