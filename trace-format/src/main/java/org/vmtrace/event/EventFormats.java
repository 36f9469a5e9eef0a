package org.vmtrace.event;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The kernel's own description of a recording: {@code header_page}, {@code header_event} and the
 * format texts of its events. A file may carry texts of 2,000 events; they stay texts, and only
 * what is asked for is parsed. An immutable value, thread-safe.
 */
public final class EventFormats implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No texts at all. */
  public static final EventFormats NONE = builder().build();

  private final String headerPage;
  private final String headerEvent;

  /** Texts by system, in the order in which they were added. */
  private final TreeMap<String, ArrayList<String>> texts;

  /** Event id to system and text, made when first asked for. */
  private transient volatile Map<Integer, Place> places;

  private record Place(String system, String text) {}

  private EventFormats(Builder builder) {
    headerPage = builder.headerPage;
    headerEvent = builder.headerEvent;
    texts = new TreeMap<>();
    builder.texts.forEach((system, list) -> texts.put(system, new ArrayList<>(list)));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects texts. */
  public static final class Builder {
    private String headerPage = "";
    private String headerEvent = "";
    private final Map<String, List<String>> texts = new TreeMap<>();

    private Builder() {}

    /** The text of {@code events/header_page}. */
    public Builder headerPage(String text) {
      headerPage = text;
      return this;
    }

    /** The text of {@code events/header_event}. */
    public Builder headerEvent(String text) {
      headerEvent = text;
      return this;
    }

    /** The text of {@code events/SYSTEM/NAME/format}; the event's name stands in the text. */
    public Builder add(String system, String text) {
      texts.computeIfAbsent(system, key -> new ArrayList<>()).add(text);
      return this;
    }

    public EventFormats build() {
      return new EventFormats(this);
    }
  }

  /** The text of {@code events/header_page}; empty if there is none. */
  public String headerPage() {
    return headerPage;
  }

  /** The text of {@code events/header_event}; empty if there is none. */
  public String headerEvent() {
    return headerEvent;
  }

  /** The systems, sorted. */
  public List<String> systems() {
    return List.copyOf(texts.keySet());
  }

  /** The format texts of a system; none if there is no such system. */
  public List<String> texts(String system) {
    return List.copyOf(textsOf(system));
  }

  private List<String> textsOf(String system) {
    List<String> found = texts.get(system);
    return found == null ? List.of() : found;
  }

  /** All events as {@code system:name}, by system. Texts without a name are left out. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    texts.forEach(
        (system, list) -> {
          for (String text : list) {
            String name = headLine(text, "name:");
            if (!name.isEmpty()) {
              names.add(system + ":" + name);
            }
          }
        });
    return names;
  }

  /** Whether there is no event. */
  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /**
   * The format of an event. Only the {@code name:} lines of its system are looked at.
   *
   * @throws FormatTextException if the event is there but its text cannot be read
   */
  public Optional<EventFormat> find(String system, String name) throws FormatTextException {
    for (String text : textsOf(system)) {
      if (headLine(text, "name:").equals(name)) {
        return Optional.of(EventFormat.parse(system, text));
      }
    }
    return Optional.empty();
  }

  /** The format of the event with that id; none if there is none or its text cannot be read. */
  public Optional<EventFormat> byId(int id) {
    Map<Integer, Place> index = places;
    if (index == null) {
      index = indexById();
      places = index;
    }
    Place place = index.get(id);
    if (place == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(EventFormat.parse(place.system(), place.text()));
    } catch (FormatTextException e) {
      return Optional.empty();
    }
  }

  private Map<Integer, Place> indexById() {
    Map<Integer, Place> index = new HashMap<>();
    texts.forEach(
        (system, list) -> {
          for (String text : list) {
            try {
              index.putIfAbsent(Integer.parseInt(headLine(text, "ID:")), new Place(system, text));
            } catch (NumberFormatException e) {
              // An event without an id cannot be met in a recording.
            }
          }
        });
    return index;
  }

  /** What stands after the key in the lines before the fields; empty if nothing does. */
  private static String headLine(String text, String key) {
    int at = 0;
    while (at < text.length() && !text.startsWith("format:", at)) {
      int end = EventFormat.lineEnd(text, at);
      if (text.startsWith(key, at)) {
        return text.substring(at + key.length(), end).strip();
      }
      at = end + 1;
    }
    return "";
  }

  /** All texts in a compact form that {@link #fromBytes} reads back. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      writeText(out, headerPage);
      writeText(out, headerEvent);
      out.writeInt(texts.size());
      for (Map.Entry<String, ArrayList<String>> entry : texts.entrySet()) {
        writeText(out, entry.getKey());
        out.writeInt(entry.getValue().size());
        for (String text : entry.getValue()) {
          writeText(out, text);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The inverse of {@link #toBytes}.
   *
   * @throws FormatTextException if the bytes were made by something else
   */
  public static EventFormats fromBytes(byte[] bytes) throws FormatTextException {
    Builder builder = builder();
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      builder.headerPage(readText(in)).headerEvent(readText(in));
      for (int systems = in.readInt(); systems > 0; systems--) {
        String system = readText(in);
        for (int events = in.readInt(); events > 0; events--) {
          builder.add(system, readText(in));
        }
      }
    } catch (IOException e) {
      throw new FormatTextException("these bytes hold no event formats", e);
    }
    return builder.build();
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    // readNBytes allocates as it reads, so that a wrong length costs nothing.
    byte[] bytes = length < 0 ? new byte[0] : in.readNBytes(length);
    if (bytes.length != length) {
      throw new IOException("a text is cut short");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventFormats that
        && headerPage.equals(that.headerPage)
        && headerEvent.equals(that.headerEvent)
        && texts.equals(that.texts);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * headerPage.hashCode() + headerEvent.hashCode()) + texts.hashCode();
  }

  @Override
  public String toString() {
    return "EventFormats[" + names().size() + " events]";
  }
}
