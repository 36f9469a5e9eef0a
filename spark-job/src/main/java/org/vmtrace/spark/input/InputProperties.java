package org.vmtrace.spark.input;

import java.util.Base64;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventPair;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.file.OpenOptions;

/**
 * How to read traces, as properties of a Hadoop configuration: so it reaches every task, whoever
 * runs the input format. All are optional.
 */
public final class InputProperties {
  /** The event that opens a latency, {@code system:name}; {@code kvm:kvm_exit} unless given. */
  public static final String EXIT_EVENT = "vmtrace.event.exit";

  /** The event that closes a latency, {@code system:name}; {@code kvm:kvm_entry} unless given. */
  public static final String ENTRY_EVENT = "vmtrace.event.entry";

  /** The field of the exit event that tells its reason, for events other than kvm's. */
  public static final String REASON_FIELD = "vmtrace.event.reason-field";

  /** Event formats for files that have none: {@link EventFormats#toBytes()} in Base64. */
  public static final String FORMATS = "vmtrace.event.formats";

  /** Bytes of a page; 0, the default: as the file says. */
  public static final String PAGE_BYTES = "vmtrace.page.bytes";

  /** The one buffer (instance) to read, empty for the top one; all unless given. */
  public static final String BUFFER = "vmtrace.buffer";

  private InputProperties() {}

  /** Sets all options, also those that take them away. */
  public static void set(Configuration conf, OpenOptions options) {
    setPair(conf, options.pair());
    setFormats(conf, options.formats());
    setPageBytes(conf, options.pageBytes());
    setBuffer(conf, options.buffer());
  }

  /** Sets the events that make a latency. */
  public static void setPair(Configuration conf, EventPair pair) {
    conf.set(EXIT_EVENT, pair.exitEvent());
    conf.set(ENTRY_EVENT, pair.entryEvent());
    setOrUnset(conf, REASON_FIELD, pair.reasonField());
  }

  /** Sets the formats of files that have none of their own; null: none. */
  public static void setFormats(Configuration conf, EventFormats formats) {
    setOrUnset(
        conf,
        FORMATS,
        formats == null ? null : Base64.getEncoder().encodeToString(formats.toBytes()));
  }

  /** Sets the size of a page in bytes; 0: as the file says. */
  public static void setPageBytes(Configuration conf, int pageBytes) {
    conf.setInt(PAGE_BYTES, pageBytes);
  }

  /** Sets the one buffer to read, empty for the top one; null: all. */
  public static void setBuffer(Configuration conf, String buffer) {
    setOrUnset(conf, BUFFER, buffer);
  }

  /**
   * The options of a configuration.
   *
   * @throws IllegalArgumentException if one of them cannot be understood
   */
  public static OpenOptions get(Configuration conf) {
    return new OpenOptions(
        EventPair.parse(
            conf.get(EXIT_EVENT, EventPair.KVM.exitEvent()),
            conf.get(ENTRY_EVENT, EventPair.KVM.entryEvent()),
            conf.get(REASON_FIELD)),
        formats(conf.get(FORMATS)),
        conf.getInt(PAGE_BYTES, 0),
        conf.get(BUFFER));
  }

  /** A text that is the same for configurations with the same options. */
  static String fingerprint(Configuration conf) {
    return String.join(
        "\n",
        conf.get(EXIT_EVENT, ""),
        conf.get(ENTRY_EVENT, ""),
        conf.get(REASON_FIELD, ""),
        conf.get(FORMATS, ""),
        conf.get(PAGE_BYTES, ""),
        conf.get(BUFFER, "\n"));
  }

  private static EventFormats formats(String base64) {
    if (base64 == null) {
      return null;
    }
    try {
      return EventFormats.fromBytes(Base64.getDecoder().decode(base64));
    } catch (FormatTextException e) {
      throw new IllegalArgumentException(FORMATS + ": " + e.getMessage(), e);
    }
  }

  private static void setOrUnset(Configuration conf, String property, String value) {
    if (value == null) {
      conf.unset(property);
    } else {
      conf.set(property, value);
    }
  }
}
