package org.vmtrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.vmtrace", importOptions = DoNotIncludeTests.class)
class PackageWallsTest {
  @ArchTest
  static final ArchRule latencyUsesRingAndEvent =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.latency..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "org.vmtrace.latency..",
              "org.vmtrace.ring..",
              "org.vmtrace.event..",
              "org.HdrHistogram..",
              "org.agrona.collections..",
              "java..");

  @ArchTest
  static final ArchRule stepsOfTheAnalysisDoNotGoInCircles =
      slices().matching("org.vmtrace.latency.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule sharedWordsDoNotKnowTheSteps =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.latency")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.vmtrace.latency.*..");

  @ArchTest
  static final ArchRule recordingUsesTheCoreOnly =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.recording..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "org.vmtrace.recording..",
              "org.vmtrace.latency..",
              "org.vmtrace.file..",
              "org.vmtrace.event..",
              "org.vmtrace.ring..",
              "java..");

  @ArchTest
  static final ArchRule reportUsesLatency =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.report..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "org.vmtrace.report..",
              "org.vmtrace.latency..",
              "org.vmtrace.ring..",
              "org.vmtrace.event..",
              "com.fasterxml.jackson.core..",
              "java..");
}
