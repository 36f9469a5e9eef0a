package org.vmtrace.collect.tracefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceSetupTest {
  private static final String FOLDER = "/tracing/instances/vm-trace-7/";

  private final FakeControlFiles files = new FakeControlFiles();

  private BitSet isolated = new BitSet();

  private InstanceSettings settings(String clock, long subBufferBytes, String filter) {
    return new InstanceSettings(
        CpuList.of(3, 70, 511),
        isolated,
        clock,
        2_000_000,
        subBufferBytes,
        false,
        25,
        List.of("kvm:kvm_exit", "kvm:kvm_entry"),
        filter);
  }

  private List<String> configure(InstanceSettings settings) throws TracefsException {
    return new TraceInstance(files).configure(settings);
  }

  private void assertRefused(InstanceSettings settings, String... parts) {
    assertThatThrownBy(() -> configure(settings))
        .isInstanceOf(TracefsException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  @Test
  void everySettingArrivesWithTracingOff() throws TracefsException {
    configure(settings("mono", 8192, "vcpu_id == 0"));
    assertThat(files.text("tracing_on")).isEqualTo("0");
    assertThat(files.text("trace_clock")).contains("[mono]");
    assertThat(files.text("buffer_subbuf_size_kb")).isEqualTo("8");
    assertThat(files.text("per_cpu/cpu70/buffer_size_kb")).isEqualTo("1956");
    assertThat(files.text("buffer_size_kb")).as("of CPUs that are not recorded").isEqualTo("7");
    assertThat(files.text("options/overwrite")).isEqualTo("0");
    assertThat(files.text("buffer_percent")).isEqualTo("25");
    assertThat(files.text("events/kvm/kvm_exit/enable")).isEqualTo("1");
    assertThat(files.text("events/kvm/kvm_entry/filter")).isEqualTo("vcpu_id == 0");
    // CPUs 3, 70 = 2 * 32 + 6 and 511 = 15 * 32 + 31 of 16 groups.
    assertThat(files.writes)
        .contains(
            "tracing_cpumask=80000000," + "00000000,".repeat(12) + "00000040,00000000,00000008");
  }

  @Test
  void isolatedCpusThatAreNotRecordedAreNotMadeToResizeTheirBuffers() throws TracefsException {
    isolated = CpuList.of(70, 71, 400);
    configure(settings("mono", 0, ""));
    assertThat(files.text("per_cpu/cpu4/buffer_size_kb")).isEqualTo("7");
    assertThat(files.text("per_cpu/cpu70/buffer_size_kb")).isEqualTo("1956");
    assertThat(files.text("buffer_size_kb")).as("of all CPUs").isEqualTo("1410");
    assertThat(files.writes)
        .noneMatch(write -> write.matches("per_cpu/cpu(71|400)/.*"))
        .filteredOn(write -> write.startsWith("per_cpu/cpu70/"))
        .hasSize(1);
  }

  @Test
  void eventsAreEnabledLast() throws TracefsException {
    configure(settings("mono", 0, ""));
    assertThat(files.writes.subList(files.writes.size() - 2, files.writes.size()))
        .containsExactly("events/kvm/kvm_exit/enable=1", "events/kvm/kvm_entry/enable=1");
    assertThat(files.writes.get(0)).isEqualTo("tracing_on=0");
  }

  @Test
  void aKernelThatDoesNotKnowTheClockNamesItsOwn() {
    assertRefused(settings("x86-tsc", 0, ""), "no trace clock 'x86-tsc'", "mono, mono_raw, boot");
  }

  @Test
  void aKernelWithoutSubBufferSizesIsToldOf() {
    files.without("buffer_subbuf_size_kb");
    assertRefused(settings("mono", 8192, ""), "leave --subbuf-size out");
  }

  @Test
  void aBufferThatIsTooLargeIsToldOf() {
    files.refusing("per_cpu/cpu70/buffer_size_kb", "Cannot allocate memory");
    assertRefused(
        settings("mono", 0, ""),
        "refuses '1954' for " + FOLDER + "per_cpu/cpu70/buffer_size_kb: Cannot allocate memory",
        "a smaller --buffer-size");
  }

  @Test
  void aCpuThatTheKernelDoesNotHaveIsToldOf() {
    files.without("per_cpu/cpu511/buffer_size_kb");
    assertRefused(settings("mono", 0, ""), "this kernel has no CPU 511");
  }

  @Test
  void aKernelWithoutKvmIsToldOf() {
    files.without("events/kvm/kvm_exit/enable");
    assertRefused(settings("mono", 0, ""), "no event kvm:kvm_exit", "modprobe kvm_intel");
  }

  @Test
  void aWrongFilterComesWithTheKernelsReason() {
    files.refusing("events/kvm/kvm_exit/filter", "Invalid argument");
    assertRefused(
        settings("mono", 0, "nonsense == 1"),
        "does not take the filter 'nonsense == 1' for kvm:kvm_exit (Field not found)",
        "/sys/kernel/tracing/events/kvm/kvm_exit/format");
  }

  @Test
  void aSettingThatDoesNotStayIsToldOf() {
    files.deaf("tracing_cpumask");
    assertRefused(settings("mono", 0, ""), "did not take", "tracing_cpumask: it says 'ffffffff,");
  }

  @Test
  void aKernelWithoutBufferPercentDoesAsItIs() throws TracefsException {
    files.without("buffer_percent");
    configure(settings("mono", 0, ""));
    assertThat(files.writes).noneMatch(write -> write.startsWith("buffer_percent"));
  }

  @Test
  void recordsAsLongAsTracingAndEventsAreOn() throws TracefsException {
    TraceInstance instance = new TraceInstance(files);
    instance.configure(settings("mono", 0, ""));
    assertThat(instance.isRecording()).isFalse();
    instance.start();
    assertThat(instance.isRecording()).isTrue();
    files.write("events/kvm/kvm_entry/enable", "0");
    assertThat(instance.isRecording()).isFalse();
  }
}
