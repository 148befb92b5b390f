package dev.sshtunnels.e2e;

/** What a container's first process keeps in memory. */
final class Memory {

    private Memory() {}

    /** {@code VmRSS} of proc(5). Unit: MiB. */
    static long residentMiB(Kubectl kubectl, String object) {
        return kubectl.ask("exec", object, "--", "cat", "/proc/1/status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
