package org.vmtrace.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import org.vmtrace.latency.pair.PairingCounts;
import org.vmtrace.latency.summary.Extreme;
import org.vmtrace.latency.summary.HostRow;
import org.vmtrace.latency.summary.ReasonRow;
import org.vmtrace.latency.summary.Statistics;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.DamageRow;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.MovedRow;
import org.vmtrace.latency.summary.Summary.RecordingRow;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.latency.summary.ThreadRow;
import org.vmtrace.latency.summary.Totals;
import org.vmtrace.latency.summary.WorstRow;

/**
 * Writes summary.json: UTF-8 of which only ASCII is used, two blanks of indentation, a newline at
 * the end. The bytes depend on the summary alone. Numbers named {@code …_ns} are in the unit that
 * the key {@code unit} names, ns for all but cycle counters; what there is none of is null.
 */
public final class SummaryJson {
  private static final int SCHEMA_VERSION = 1;

  private final JsonGenerator json;
  private final JsonFields fields;
  private final Set<ThreadPlace> moved = new HashSet<>();

  private record ThreadPlace(String recording, int thread) {}

  private SummaryJson(JsonGenerator json) {
    this.json = json;
    this.fields = new JsonFields(json);
  }

  /** Writes a summary; the stream stays open. */
  public static void write(Summary summary, OutputStream out) throws IOException {
    JsonDocument.write(out, json -> new SummaryJson(json).summary(summary));
  }

  /** The bytes of a summary. */
  public static byte[] bytes(Summary summary) {
    return JsonDocument.bytes(json -> new SummaryJson(json).summary(summary));
  }

  private void summary(Summary summary) throws IOException {
    for (MovedRow thread : summary.movedThreads()) {
      moved.add(new ThreadPlace(thread.recording(), thread.thread()));
    }
    json.writeStartObject();
    json.writeNumberField("schema_version", SCHEMA_VERSION);
    json.writeNumberField("window_ns", summary.window());
    json.writeStringField("clock", summary.clock().name());
    json.writeStringField("unit", summary.clock().unit().symbol());
    fields.list("recordings", summary.recordings(), this::recording);
    fields.list("hosts", summary.hosts(), this::host);
    events(summary);
    pairing(summary.pairing());
    json.writeObjectFieldStart("all");
    statistics("", summary.all(), true);
    json.writeEndObject();
    json.writeObjectFieldStart("busy");
    statistics("", summary.busy(), true);
    json.writeEndObject();
    fields.list("reasons", summary.reasons(), this::reason);
    fields.list("threads", summary.threads(), this::thread);
    fields.list("worst", summary.worst(), this::worst);
    json.writeArrayFieldStart("moved_threads");
    for (MovedRow thread : summary.movedThreads()) {
      json.writeNumber(thread.thread());
    }
    json.writeEndArray();
    fields.list("damage", summary.damage(), this::damage);
    fields.list("kernel_stats", summary.kernelStats(), this::kernelStats);
    fields.list("skipped_files", summary.skippedFiles(), this::skippedFile);
    fields.strings("warnings", summary.warnings());
    json.writeEndObject();
  }

  private void recording(RecordingRow row) throws IOException {
    json.writeStringField("recording", row.info().name());
    json.writeStringField("host", row.info().host());
    json.writeStringField("kernel", row.info().kernel());
    fields.strings("paths", row.info().paths());
    fields.number("first_time_ns", row.firstTime());
    fields.number("last_time_ns", row.lastTime());
    json.writeStringField("clock", row.info().clock());
    json.writeBooleanField("damaged", row.info().damaged());
    totals(row.totals());
  }

  private void host(HostRow row) throws IOException {
    json.writeStringField("host", row.host());
    json.writeNumberField("recordings", row.recordings());
    totals(row.totals());
  }

  private void totals(Totals totals) throws IOException {
    json.writeNumberField("latencies", totals.latencies());
    json.writeNumberField("sum_ns", totals.sum());
    fields.number("max_ns", value(totals.max()));
    fields.number("max_within_window_ns", value(totals.maxWithinWindow()));
    json.writeNumberField("busy_latencies", totals.busyLatencies());
    json.writeNumberField("busy_sum_ns", totals.busySum());
    fields.number("busy_max_ns", value(totals.busyMax()));
    fields.number("busy_max_within_window_ns", value(totals.busyMaxWithinWindow()));
    json.writeNumberField("lost", totals.lost());
    json.writeNumberField("lost_places", totals.lostPlaces());
    json.writeNumberField("damaged_pages", totals.damagedPages());
  }

  private void skippedFile(SkippedFile file) throws IOException {
    json.writeStringField("path", file.path());
    json.writeStringField("reason", file.reason());
  }

  private void events(Summary summary) throws IOException {
    PairingCounts pairing = summary.pairing();
    json.writeObjectFieldStart("events");
    json.writeNumberField("exits", pairing.exits());
    json.writeNumberField("entries", pairing.entries());
    json.writeNumberField("other", summary.events().other());
    json.writeNumberField("lost", summary.events().lost());
    json.writeNumberField("lost_places", summary.events().lostPlaces());
    json.writeNumberField("damaged_pages", summary.events().damagedPages());
    json.writeNumberField("steps_back", summary.events().stepsBack());
    json.writeNumberField("failed_entries", pairing.failedEntries());
    json.writeNumberField("immediate_exits", pairing.immediateExits());
    json.writeEndObject();
  }

  private void pairing(PairingCounts pairing) throws IOException {
    json.writeObjectFieldStart("pairing");
    json.writeNumberField("excluded", pairing.excluded());
    json.writeNumberField("unpaired_exits", pairing.unpairedExits());
    json.writeNumberField("unpaired_entries", pairing.unpairedEntries());
    json.writeNumberField("dropped_by_loss", pairing.droppedByLoss());
    json.writeNumberField("open_at_end", pairing.openAtEnd());
    json.writeEndObject();
  }

  /**
   * The numbers of some latencies, as fields of the object that is open.
   *
   * @param prefix stands before every key
   * @param nameRecordings whether to say which recording a maximum lies in
   */
  private void statistics(String prefix, Statistics numbers, boolean nameRecordings)
      throws IOException {
    json.writeNumberField(prefix + "latencies", numbers.latencies());
    json.writeNumberField(prefix + "sum_ns", numbers.sum());
    fields.number(prefix + "min_ns", numbers.min());
    fields.number(prefix + "max_ns", value(numbers.max()));
    fields.number(prefix + "mean_ns", numbers.mean());
    json.writeObjectFieldStart(prefix + "percentiles_ns");
    for (int i = 0; i < Statistics.PERCENTILE_NAMES.size(); i++) {
      fields.number(
          Statistics.PERCENTILE_NAMES.get(i),
          numbers.percentiles().isEmpty() ? null : numbers.percentiles().get(i));
    }
    json.writeEndObject();
    fields.number(prefix + "max_within_window_ns", value(numbers.maxWithinWindow()));
    fields.number(prefix + "max_tumbling_window_ns", value(numbers.maxTumblingWindow()));
    place(prefix + "max", numbers.max(), nameRecordings);
    place(prefix + "max_within_window", numbers.maxWithinWindow(), nameRecordings);
    place(prefix + "max_tumbling_window", numbers.maxTumblingWindow(), nameRecordings);
  }

  private void place(String name, Extreme extreme, boolean nameRecording) throws IOException {
    fields.number(name + "_at_ns", extreme == null ? null : extreme.at());
    fields.number(name + "_thread", extreme == null ? null : (long) extreme.thread());
    if (nameRecording) {
      json.writeStringField(name + "_recording", extreme == null ? null : extreme.recording());
    }
  }

  private void reason(ReasonRow row) throws IOException {
    json.writeStringField("reason", row.reason());
    json.writeNumberField("code", row.code());
    json.writeBooleanField("idle", row.idle());
    json.writeNumberField("latencies", row.latencies());
    json.writeNumberField("sum_ns", row.sum());
    json.writeNumberField("max_ns", row.max());
    json.writeNumberField("p99_ns", row.p99());
    json.writeStringField("isa", row.isa().name());
  }

  private void thread(ThreadRow row) throws IOException {
    json.writeStringField("recording", row.recording());
    json.writeNumberField("thread", row.thread());
    json.writeStringField("comm", row.comm());
    fields.number("vcpu", row.vcpu() < 0 ? null : (long) row.vcpu());
    json.writeArrayFieldStart("cpus");
    for (int cpu : row.cpus()) {
      json.writeNumber(cpu);
    }
    json.writeEndArray();
    statistics("", row.all(), false);
    statistics("busy_", row.busy(), false);
    json.writeBooleanField("moved", moved.contains(new ThreadPlace(row.recording(), row.thread())));
  }

  private void worst(WorstRow row) throws IOException {
    json.writeStringField("recording", row.recording());
    json.writeNumberField("thread", row.latency().thread());
    json.writeStringField("comm", row.comm());
    json.writeNumberField("cpu", row.latency().cpu());
    json.writeStringField("reason", row.reason());
    json.writeNumberField("exit_time_ns", row.latency().exitTime());
    json.writeNumberField("entry_time_ns", row.latency().entryTime());
    json.writeNumberField("latency_ns", row.latency().latency());
    // Signed, as the column guest_ip of the Parquet rows.
    fields.number("guest_ip", row.guestIp());
  }

  private void damage(DamageRow row) throws IOException {
    json.writeStringField("path", row.path());
    json.writeNumberField("offset", row.page().position());
    json.writeNumberField("cpu", row.page().cpu());
    json.writeStringField("cause", row.page().cause().name());
    json.writeNumberField("offset_in_page", row.page().offset());
  }

  private void kernelStats(KernelStats row) throws IOException {
    json.writeStringField("recording", row.recording());
    json.writeNumberField("cpu", row.cpu());
    fields.number("entries", JsonFields.known(row.entries()));
    fields.number("overrun", JsonFields.known(row.overrun()));
    fields.number("dropped_events", JsonFields.known(row.droppedEvents()));
    fields.number("commit_overrun", JsonFields.known(row.commitOverrun()));
    fields.number("read_events", JsonFields.known(row.readEvents()));
  }

  private static Long value(Extreme extreme) {
    return extreme == null ? null : extreme.value();
  }
}
