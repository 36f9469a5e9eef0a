package org.vmtrace.collect;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The vm-trace-collect command. */
@Command(
    name = "vm-trace-collect",
    description = "Measures how long virtual machines are kept from running.",
    mixinStandardHelpOptions = true,
    versionProvider = VmTraceCollect.Version.class)
public final class VmTraceCollect implements Callable<Integer> {
  @Override
  public Integer call() {
    CommandLine.usage(this, System.err);
    return 2;
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new VmTraceCollect()).execute(arguments));
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = VmTraceCollect.class.getPackage().getImplementationVersion();
      return new String[] {"vm-trace-collect " + (version == null ? "(not packaged)" : version)};
    }
  }
}
