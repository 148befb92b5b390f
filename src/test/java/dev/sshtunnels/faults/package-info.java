/**
 * The fault suite: each row of the fault matrix is a fault that is really injected, with a bound on when it shows, on when
 * the tunnel is back, and on what a neighbour feels of it; {@code docs/fault-matrix.md} is written from what was measured.
 *
 * <p>It must not know how agent and operator work: it sees a program, its report, and what clients of its forwards see.
 *
 * <h2>Adding a row</h2>
 *
 * <ol>
 *   <li>The row is a constant of {@link dev.sshtunnels.faults.Row}; strike it from {@code src/test/resources/faults/elsewhere.yaml}.
 *   <li>Write a test that has {@link dev.sshtunnels.faults.Covers} with the row: in a class {@code *FaultIT} when it takes
 *       seconds (execution {@code faults}, all side by side), {@code *FaultSoak} when it takes minutes (profile
 *       {@code sustained}, with {@code dev/verify --all}), {@code *E2E} when it needs the cluster.
 *   <li>Extend {@link dev.sshtunnels.faults.FaultScenario}: {@code stage()} has a server in a network of its own, an agent
 *       with a tunnel, and a neighbour. Without that, {@link dev.sshtunnels.faults.Incident} alone does.
 *   <li>Tell the {@code Incident} what happens, in this order: {@code beside} the neighbour, {@code inject}, {@code shows},
 *       {@code end}, {@code recovers}, {@code passed}. Only {@code passed} records, so that a failed test leaves no figures.
 *       Several incidents may belong to one row.
 * </ol>
 *
 * <p>Faults come from {@link dev.sshtunnels.faults.inject}. One class: {@code mvn package -DskipTests}, then
 * {@code mvn failsafe:integration-test@faults failsafe:verify -Dit.test=RestartFaultIT}.
 */
package dev.sshtunnels.faults;
