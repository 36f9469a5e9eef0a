package org.vmtrace.collect.check;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.vmtrace.file.CpuStats;
import org.vmtrace.report.JsonDocument;
import org.vmtrace.report.JsonFields;

/** What a check has found, for programs. */
public final class CheckJson {
  private static final int SCHEMA_VERSION = 1;

  private final JsonGenerator json;
  private final JsonFields fields;

  private CheckJson(JsonGenerator json) {
    this.json = json;
    this.fields = new JsonFields(json);
  }

  /**
   * A document about these files.
   *
   * @param refusals a sentence for each file that could not be read at all
   */
  public static byte[] bytes(List<FileCheck> files, List<String> refusals) {
    return JsonDocument.bytes(json -> new CheckJson(json).files(files, refusals));
  }

  private void files(List<FileCheck> files, List<String> refusals) throws IOException {
    json.writeStartObject();
    json.writeNumberField("schema_version", SCHEMA_VERSION);
    fields.list("files", files, this::file);
    fields.strings("refused", refusals);
    json.writeEndObject();
  }

  private void file(FileCheck file) throws IOException {
    json.writeStringField("path", file.path().toString());
    json.writeBooleanField("well", file.isWell());
    fields.strings("troubles", Troubles.of(file));
    json.writeStringField("container", file.metadata().container());
    json.writeNumberField("bytes", file.bytes());
    json.writeStringField("kernel", file.metadata().kernel());
    json.writeStringField("clock", file.metadata().clock());
    json.writeBooleanField("converted_to_ns", file.metadata().converts(file.metadata().clock()));
    fields.list("streams", file.streams(), this::stream);
    fields.list("kernel_stats", file.stats(), cpu -> kernelStats(file, cpu));
    fields.strings("warnings", file.metadata().warnings());
  }

  private void stream(StreamCheck check) throws IOException {
    json.writeStringField("buffer", check.stream().buffer());
    json.writeNumberField("cpu", check.stream().cpu());
    json.writeNumberField("offset", check.stream().offset());
    json.writeNumberField("bytes", check.stream().bytes());
    json.writeNumberField("page_bytes", check.stream().layout().pageBytes());
    json.writeNumberField("pages", check.pages());
    json.writeNumberField("exits", check.exits());
    json.writeNumberField("entries", check.entries());
    json.writeNumberField("other", check.others());
    fields.number("first_time_ns", check.firstTime());
    fields.number("last_time_ns", check.lastTime());
    json.writeNumberField("lost", check.lostEvents());
    json.writeNumberField("lost_places", check.losses().count());
    json.writeNumberField("damaged_pages", check.damage().count());
    json.writeNumberField("steps_back", check.stepsBack().count());
    json.writeNumberField("long_silences", check.silences().count());
    fields.list(
        "losses",
        check.losses().first(),
        loss -> {
          json.writeNumberField("offset", loss.position());
          json.writeNumberField("time_ns", loss.time());
          fields.number("lost", loss.events() == 0 ? null : loss.events());
        });
    fields.list(
        "damage",
        check.damage().first(),
        page -> {
          json.writeNumberField("offset", page.position());
          json.writeNumberField("offset_in_page", page.offset());
          json.writeStringField("cause", page.cause().name());
        });
    fields.list(
        "time_steps",
        check.stepsBack().first(),
        step -> {
          json.writeNumberField("offset", step.position());
          json.writeNumberField("time_ns", step.time());
          json.writeNumberField("back_ns", step.amount());
        });
    fields.list(
        "longest_silences",
        check.silences().longest(),
        silence -> {
          json.writeNumberField("offset", silence.position());
          json.writeNumberField("time_ns", silence.time());
          json.writeNumberField("length_ns", silence.length());
          json.writeBooleanField("events_missing", silence.lossy());
        });
  }

  private void kernelStats(FileCheck file, CpuStats cpu) throws IOException {
    json.writeStringField("buffer", cpu.buffer());
    json.writeNumberField("cpu", cpu.cpu());
    fields.number("read_events", JsonFields.known(cpu.readEvents()));
    json.writeNumberField("events_on_pages", Troubles.events(file, cpu));
    fields.number("entries", JsonFields.known(cpu.entries()));
    fields.number("overrun", JsonFields.known(cpu.overrun()));
    fields.number("dropped_events", JsonFields.known(cpu.droppedEvents()));
    fields.number("commit_overrun", JsonFields.known(cpu.commitOverrun()));
  }
}
