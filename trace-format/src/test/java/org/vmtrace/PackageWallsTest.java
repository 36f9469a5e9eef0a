package org.vmtrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.vmtrace", importOptions = DoNotIncludeTests.class)
class PackageWallsTest {
  @ArchTest
  static final ArchRule ringUsesNothing =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.ring..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("org.vmtrace.ring..", "java..");

  @ArchTest
  static final ArchRule eventUsesRing =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.event..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("org.vmtrace.event..", "org.vmtrace.ring..", "java..");

  @ArchTest
  static final ArchRule fileUsesRingAndEvent =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.file..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "org.vmtrace.file..",
              "org.vmtrace.ring..",
              "org.vmtrace.event..",
              "io.airlift.compress..",
              "java..");

  @ArchTest
  static final ArchRule openedFileKnowsNoContainer =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.file")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.vmtrace.file.*..");

  @ArchTest
  static final ArchRule readingDoesNotNeedWriting =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.vmtrace.file.write..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.vmtrace.file.write..");
}
