package org.vmtrace.spark.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.vmtrace.cli.AnalysisOptions;
import org.vmtrace.cli.InputOptions;
import org.vmtrace.cli.Options;
import org.vmtrace.cli.SizeConverter;
import org.vmtrace.event.Printable;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.BadFiles;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What the options of a DataFrame say. Most are those of the job, by the same names.
 *
 * @param paths files, folders and globs
 * @param table the table that is wanted
 * @param splitBytes bytes of a split; 0: chosen
 * @param reading how to read the files
 * @param choice what windows and latencies are
 * @param badFiles what becomes of files that cannot be read
 */
record SourceOptions(
    List<String> paths,
    SourceTable table,
    long splitBytes,
    OpenOptions reading,
    AnalysisChoice choice,
    BadFiles badFiles) {
  private static final String PATH = "path";

  /** How Spark hands over several paths: a JSON list. */
  private static final String PATHS = "paths";

  private static final String TABLE = "table";

  /** The job's. */
  private static final Set<String> SHARED =
      Set.of(
          "buffer",
          "entry-event",
          "event-formats",
          "exclude-reason",
          "exit-event",
          "page-size",
          "reason-field",
          "skip-bad-files",
          "split-size",
          "window");

  /**
   * Reads options; their names may be in any case.
   *
   * @param options those of a DataFrame, or what a catalog knows of a table: see {@link #given}
   * @throws IllegalArgumentException if one is unknown or makes no sense; one line
   * @throws UncheckedIOException if the event formats cannot be read
   */
  static SourceOptions of(Map<String, String> options) {
    List<String> paths = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    Map<String, String> given = given(options);
    SourceTable table = table(given.remove(TABLE));
    for (Map.Entry<String, String> option : given.entrySet()) {
      String name = option.getKey();
      switch (name) {
        case PATH -> paths.add(option.getValue());
        case PATHS -> paths.addAll(list(option.getValue()));
        default -> arguments.add("--" + known(name) + "=" + option.getValue());
      }
    }
    if (paths.isEmpty()) {
      throw new IllegalArgumentException(
          "no path is given: load(PATH), or the option path, says where the traces are");
    }
    // They are read as the job's are.
    CommandSpec command = CommandSpec.create();
    OptionSpec splitBytes =
        Options.value(new SizeConverter(), "SIZE", "", "--split-size").initialValue(0L).build();
    command.addOption(splitBytes);
    AnalysisOptions analysis = new AnalysisOptions(command);
    InputOptions reading = new InputOptions(command);
    try {
      new CommandLine(command).parseArgs(arguments.toArray(new String[0]));
      return new SourceOptions(
          paths,
          table,
          splitBytes.getValue(),
          reading.toOpenOptions(),
          analysis.toChoice(),
          reading.badFiles());
    } catch (ParameterException e) {
      throw new IllegalArgumentException(oneLine(e.getMessage()).replace("--", ""), e);
    } catch (IOException e) {
      throw new UncheckedIOException(oneLine("event-formats: " + e.getMessage()), e);
    }
  }

  /** Whether these are a catalog's properties of a table: such a table has an owner. */
  static boolean isOfCatalog(Map<String, String> options) {
    return options.keySet().stream().anyMatch(TableCatalog.PROP_OWNER::equalsIgnoreCase);
  }

  /**
   * The table that is wanted, whatever the other options are.
   *
   * @throws IllegalArgumentException if there is no such table; one line
   */
  static SourceTable table(Map<String, String> options) {
    return table(given(options).get(TABLE));
  }

  /**
   * The options by names in small letters. A catalog's properties of a table hold them with a
   * prefix, beside all else that is known of the table ({@code CatalogV2Util} and {@code
   * V2SessionCatalog} of Spark); only the path, which may be given as the table's location, stands
   * there as it is.
   */
  private static Map<String, String> given(Map<String, String> options) {
    Map<String, String> all = new TreeMap<>();
    options.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    if (!isOfCatalog(options)) {
      return all;
    }
    Map<String, String> given = new TreeMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(TableCatalog.OPTION_PREFIX)) {
            given.put(name.substring(TableCatalog.OPTION_PREFIX.length()), value);
          }
        });
    if (all.containsKey(PATH)) {
      given.put(PATH, all.get(PATH));
    }
    return given;
  }

  private static String known(String name) {
    if (!SHARED.contains(name)) {
      Set<String> all = new TreeSet<>(SHARED);
      all.addAll(List.of(PATH, TABLE));
      throw new IllegalArgumentException(
          "vm-trace has no option \""
              + Printable.text(name)
              + "\"; there are "
              + String.join(", ", all));
    }
    return name;
  }

  private static SourceTable table(String name) {
    if (name == null) {
      return SourceTable.LATENCIES;
    }
    for (SourceTable table : SourceTable.values()) {
      if (table.label().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return table;
      }
    }
    throw new IllegalArgumentException(
        "vm-trace has no table \""
            + Printable.text(name)
            + "\"; there are "
            + String.join(
                ", ", Arrays.stream(SourceTable.values()).map(SourceTable::label).toList()));
  }

  private static List<String> list(String json) {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          texts.add(parser.getText());
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the option paths is no JSON list of texts", e);
    }
    return texts;
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
