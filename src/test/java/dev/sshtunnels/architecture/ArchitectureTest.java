package dev.sshtunnels.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Instant;

/** What each package may use, and what nobody may do. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    static final String ROOT = "dev.sshtunnels";

    private static final String LOGGING = "org.slf4j..";
    private static final String JACKSON_JR = "com.fasterxml.jackson.jr..";

    @ArchTest
    static final ArchRule apiIsPlainData = only("api");

    @ArchTest
    static final ArchRule tunnelIsPure = only("tunnel", own("api"));

    @ArchTest
    static final ArchRule manifestReadsYamlAndNothingElse = only("manifest", own("api"), own("tunnel"), "org.yaml..");

    @ArchTest
    static final ArchRule reportIsAContract = only("report", own("api"), JACKSON_JR);

    @ArchTest
    static final ArchRule loopKnowsNoSsh = only("loop", LOGGING);

    @ArchTest
    static final ArchRule channelKnowsNoSocketsAndNoMina = only("channel", own("loop"), LOGGING);

    @ArchTest
    static final ArchRule sshKnowsNoForwards = only(
            "ssh",
            own("loop"),
            own("channel"),
            own("api"),
            own("tunnel"),
            "org.apache.sshd..",
            "javax.crypto..",
            "jdk.net..",
            LOGGING);

    @ArchTest
    static final ArchRule forwardSeesOnlyTheContractsOfSsh = only(
            "forward", own("loop"), own("channel"), own("probe"), own("tunnel"), own("api"), ROOT + ".ssh", LOGGING);

    @ArchTest
    static final ArchRule probeKnowsBytesOnly = only("probe", own("api"), own("tunnel"), "javax.net.ssl..");

    @ArchTest
    static final ArchRule managementKnowsNoTunnels = only(
            "management",
            "com.sun.net.httpserver..",
            "com.sun.management..",
            "io.micrometer..",
            "ch.qos.logback..",
            JACKSON_JR,
            LOGGING);

    @ArchTest
    static final ArchRule onlySshKnowsMina = noClasses()
            .that()
            .resideOutsideOfPackage(own("ssh"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.sshd..")
            .because("MINA is to be replaceable, and its pitfalls are known in one place");

    @ArchTest
    static final ArchRule agentKnowsNoKubernetes = noClasses()
            .that()
            .resideInAnyPackage(own("agent"), own("manifest"), own("management"), own("forward"), own("ssh"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8..", "io.javaoperatorsdk..", "com.fasterxml.jackson.databind..", own("operator"))
            .because("the agent has neither a token nor the libraries");

    @ArchTest
    static final ArchRule operatorKnowsNoSsh = noClasses()
            .that()
            .resideInAPackage(own("operator"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.sshd..", own("ssh"), own("forward"), own("channel"), own("loop"), own("agent"))
            .allowEmptyShould(true)
            .because("the operator holds no keys and opens no tunnels");

    @ArchTest
    static final ArchRule nobodyDependsOnCommands = noClasses()
            .that()
            .resideOutsideOfPackage(own("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(own("cli"), "picocli..");

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsOfForwardFormNoCycles =
            slices().matching(ROOT + ".forward.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsOfForwardKnowNotWhoPutsThemTogether = noClasses()
            .that()
            .resideInAPackage(ROOT + ".forward.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".forward")
            .because("the opener is above its parts");

    @ArchTest
    static final ArchRule partsOfTheAgentFormNoCycles =
            slices().matching(ROOT + ".agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsOfTheAgentKnowNotWhoPutsThemTogether = noClasses()
            .that()
            .resideInAPackage(ROOT + ".agent.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".agent")
            .because("the process is above its parts");

    @ArchTest
    static final ArchRule commandsAloneReadTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackage(own("cli"))
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule commandsAloneEndTheProcess = noClasses()
            .that()
            .resideOutsideOfPackage(own("cli"))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule timeIsGivenNotTaken = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule standardOutputIsTheLogs = noClasses()
            .that()
            .resideOutsideOfPackage(own("cli"))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule nothingIsJustUseful = noClasses()
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper");

    @ArchTest
    static final ArchRule noStateIsGlobal =
            ArchRuleDefinition.fields().that().areStatic().should().haveModifier(JavaModifier.FINAL);

    private static ArchRule only(String name, String... others) {
        String[] allowed = new String[others.length + 2];
        System.arraycopy(others, 0, allowed, 0, others.length);
        allowed[others.length] = own(name);
        allowed[others.length + 1] = "java..";
        return classes()
                .that()
                .resideInAPackage(own(name))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true);
    }

    private static String own(String name) {
        return ROOT + "." + name + "..";
    }
}
