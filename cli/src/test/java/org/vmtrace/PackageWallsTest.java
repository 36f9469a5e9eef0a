package org.vmtrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.vmtrace", importOptions = DoNotIncludeTests.class)
class PackageWallsTest {
  @ArchTest
  static final ArchRule cliUsesTheCoreAndPicocli =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.cli..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "org.vmtrace.cli..",
              "org.vmtrace.ring..",
              "org.vmtrace.event..",
              "org.vmtrace.file..",
              "org.vmtrace.latency..",
              "org.vmtrace.recording..",
              "org.vmtrace.report..",
              "picocli..",
              "java..");

  @ArchTest
  static final ArchRule nothingBelowUsesTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.vmtrace.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.vmtrace.cli..", "picocli..");
}
