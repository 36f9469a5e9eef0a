package org.vmtrace.spark.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.vmtrace.testkit.RandomKnobs;
import org.vmtrace.testkit.RandomRecording;

/**
 * Makes traces of two CPUs whose threads move between them: one of some MB, and small ones. The
 * same ones every time. Run by scripts/cluster-test and scripts/compat-test, with the testkit's
 * classes:
 *
 * <pre>java -cp CLASSES org.vmtrace.spark.script.MadeTraces FOLDER COUNT</pre>
 */
public final class MadeTraces {
  private static final int MANY_EVENTS = 60_000;
  private static final int FEW_EVENTS = 300;
  private static final double MOVING = 0.01;

  private MadeTraces() {}

  /** The folder, and how many traces. */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    for (int number = 0; number < count; number++) {
      String name = String.format(Locale.ROOT, "moved-%03d.dat", number);
      int events = number == 0 ? MANY_EVENTS : FEW_EVENTS;
      Files.write(Path.of(arguments[0], name), trace(1 + number, events));
    }
  }

  private static byte[] trace(long seed, int events) {
    RandomKnobs knobs = new RandomKnobs().streams(2, 1).events(events).moving(MOVING);
    return RandomRecording.of(seed, knobs).traceDat().version6();
  }
}
