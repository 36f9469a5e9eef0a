package org.vmtrace.cli;

import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

/** The program's name and the version in the manifest of its jar. */
public final class VersionProvider implements IVersionProvider {
  private final CommandSpec command;

  /** The version of this program. */
  public VersionProvider(CommandSpec command) {
    this.command = command;
  }

  @Override
  public String[] getVersion() {
    String version = VersionProvider.class.getPackage().getImplementationVersion();
    return new String[] {command.name() + " " + (version == null ? "(not packaged)" : version)};
  }
}
