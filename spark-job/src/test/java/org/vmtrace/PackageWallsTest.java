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
  static final ArchRule sparkDoesNotCollect =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.vmtrace.collect..", "com.sun.jna..");

  @ArchTest
  static final ArchRule onlySparkSeesSparkAndHadoop =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.vmtrace.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..", "scala..");

  @ArchTest
  static final ArchRule packagesOfTheJobDoNotGoInCircles =
      slices().matching("org.vmtrace.spark.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule stepsDoNotKnowTheJob =
      noClasses()
          .that()
          .resideInAPackage("org.vmtrace.spark.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.vmtrace.spark");
}
