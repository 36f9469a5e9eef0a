package org.vmtrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.event.EventPair;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.recording.AnalysisChoice;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class OptionsTest {
  private static final class Tool {
    final CommandSpec command = CommandSpec.create().name("tool");
    final AnalysisOptions analysis = new AnalysisOptions(command);
    final InputOptions input = new InputOptions(command);
  }

  @Test
  void nothingGivenIsTheDefault() throws IOException {
    Tool tool = parse();

    assertThat(tool.analysis.toChoice()).isEqualTo(new AnalysisChoice(1_000_000, 10, Set.of()));
    assertThat(tool.analysis.isStrict()).isFalse();
    assertThat(tool.input.toOpenOptions()).isEqualTo(OpenOptions.defaults());
  }

  @Test
  void helpShowsAListWithCommas() {
    Tool tool = new Tool();

    assertThat(new CommandLine(tool.command).getUsageMessage())
        .contains("--exclude-reason=REASON[,REASON...]");
  }

  @Test
  void theAnalysisIsChosen() {
    Tool tool = parse("--window=500us", "--top", "3", "--exclude-reason", "HLT,0x30", "--strict");

    assertThat(tool.analysis.toChoice())
        .isEqualTo(new AnalysisChoice(500_000, 3, Set.of("HLT", "0x30")));
    assertThat(tool.analysis.isStrict()).isTrue();
  }

  @Test
  void aWindowOfNothingOrOfAgesAndANegativeListAreRefused() {
    assertThatThrownBy(() -> parse("--window=0ms").analysis.toChoice())
        .isInstanceOf(ParameterException.class)
        .hasMessage("--window must be 1ns or more");
    assertThat(parse("--window=4611686018427387904ns").analysis.toChoice().window())
        .isEqualTo(1L << 62);
    assertThatThrownBy(() -> parse("--window=4611686018427387905ns").analysis.toChoice())
        .isInstanceOf(ParameterException.class)
        .hasMessage("--window must be 146 years or less");
    assertThatThrownBy(() -> parse("--top=-1").analysis.toChoice())
        .isInstanceOf(ParameterException.class)
        .hasMessage("--top must be 0 or more, not -1");
  }

  @Test
  void anotherPairIsChosen() throws IOException {
    Tool tool =
        parse(
            "--exit-event=kvm_hv:kvm_guest_exit",
            "--entry-event=kvm_hv:kvm_guest_enter",
            "--reason-field=trap");

    assertThat(tool.input.toOpenOptions().pair())
        .isEqualTo(new EventPair("kvm_hv", "kvm_guest_exit", "kvm_hv", "kvm_guest_enter", "trap"));
  }

  @Test
  void anEventWithoutItsSystemIsRefused() {
    assertThatThrownBy(() -> parse("--exit-event=kvm_exit").input.toOpenOptions())
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("\"kvm_exit\" is not an event of the form system:name");
  }

  @Test
  void aPageSizeMayHaveAUnit() throws IOException {
    assertThat(parse("--page-size=64KiB").input.toOpenOptions().pageBytes()).isEqualTo(65_536);
  }

  @Test
  void aPageSizeThatNoKernelHasIsRefused() {
    for (String size : new String[] {"3", "4095", "2MiB", "9TiB", "0"}) {
      assertThatThrownBy(() -> parse("--page-size=" + size).input.toOpenOptions())
          .isInstanceOf(ParameterException.class)
          .hasMessageStartingWith("--page-size");
    }
  }

  @Test
  void aFolderWithoutFormatsIsRefused(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(
            () -> parse("--event-formats=" + folder.resolve("empty")).input.toOpenOptions())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no event formats");
  }

  private static Tool parse(String... arguments) {
    Tool tool = new Tool();
    new CommandLine(tool.command).parseArgs(arguments);
    return tool;
  }
}
