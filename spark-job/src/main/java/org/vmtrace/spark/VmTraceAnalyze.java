package org.vmtrace.spark;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The vm-trace-analyze command. */
@Command(
    name = "vm-trace-analyze",
    description = "Analyses traces of virtual machines on Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = VmTraceAnalyze.Version.class)
public final class VmTraceAnalyze implements Callable<Integer> {
  @Override
  public Integer call() {
    CommandLine.usage(this, System.err);
    return 2;
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new VmTraceAnalyze()).execute(arguments));
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = VmTraceAnalyze.class.getPackage().getImplementationVersion();
      return new String[] {"vm-trace-analyze " + (version == null ? "(not packaged)" : version)};
    }
  }
}
