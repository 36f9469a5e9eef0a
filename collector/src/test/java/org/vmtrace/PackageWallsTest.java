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
  static final ArchRule onlySpliceSeesJna =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.vmtrace.collect.splice..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule packagesOfTheCollectorDoNotGoInCircles =
      slices().matching("org.vmtrace.collect.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule piecesDoNotKnowTheCommand =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.collect.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.vmtrace.collect");

  @ArchTest
  static final ArchRule nothingBelowUsesTheCollector =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.vmtrace.collect..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.vmtrace.collect..");

  /** A fork spoils the descriptors of the ring buffers (docs/ARCHITECTURE.md). */
  @ArchTest
  static final ArchRule nothingStartsAProcess =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String[].class);
}
