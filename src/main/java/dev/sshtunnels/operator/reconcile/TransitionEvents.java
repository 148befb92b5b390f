package dev.sshtunnels.operator.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event and a log line for each transition of Accepted and Ready, and for nothing else, so that events cannot flood.
 * While one of them stays false, each reason is told once in {@link RecentlyTold#TIME}.
 */
final class TransitionEvents {
    private static final Logger LOG = LoggerFactory.getLogger(TransitionEvents.class);
    private static final List<ConditionType> TOLD = List.of(ConditionType.Accepted, ConditionType.Ready);
    /** States that pass by themselves on the way up. */
    private static final Set<String> UNDER_WAY = Stream.of(
                    Reason.Progressing, Reason.Connecting, Reason.Establishing, Reason.NoReadyEndpoints)
            .map(Reason::name)
            .collect(Collectors.toUnmodifiableSet());

    /** Longest note that the API server takes, in bytes of UTF-8 (pkg/apis/core/validation/events.go). */
    private static final int MAX_NOTE = 1024;

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** Objects whose last conditions are remembered; far more than change within the time that a cache is behind. */
    private static final int REMEMBERED = 4096;

    private final Map<String, List<Condition>> last = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Condition>> eldest) {
            return size() > REMEMBERED;
        }
    });
    private final KubernetesClient client;
    private final String controller;
    private final Clock clock;
    private final RecentlyTold told = new RecentlyTold();

    TransitionEvents(KubernetesClient client, String controller, Clock clock) {
        this.client = client;
        this.controller = controller;
        this.clock = clock;
    }

    /**
     * @param cached the conditions as the cache has them, which may be behind what was announced last: then the same
     *     transition would be seen twice
     */
    void announce(HasMetadata about, List<Condition> cached, List<Condition> now) {
        List<Condition> announced = last.put(about.getMetadata().getUid(), now);
        List<Condition> before = announced == null ? cached : announced;
        for (ConditionType type : TOLD) {
            Optional<Condition> condition = Conditions.find(now, type);
            if (condition.isPresent()
                    && isTransition(Conditions.find(before, type), condition.get())
                    && told.isNews(about.getMetadata().getUid(), condition.get(), clock.instant())) {
                tell(about, condition.get());
            }
        }
    }

    /** That a new object is accepted, or on its way to being ready, is nothing to tell. */
    private static boolean isTransition(Optional<Condition> before, Condition now) {
        if (Conditions.isTrue(now)) {
            boolean wasNotTrue = before.filter(Conditions::isTrue).isEmpty();
            return wasNotTrue && (before.isPresent() || now.getType().equals(ConditionType.Ready.name()));
        }
        return !isUnderWay(before, now)
                && before.filter(old -> old.getReason().equals(now.getReason())).isEmpty();
    }

    /** A pod takes its time to start; that there is none any more is another matter. */
    private static boolean isUnderWay(Optional<Condition> before, Condition now) {
        boolean starts = now.getReason().equals(Reason.DeploymentPending.name())
                && before.filter(Conditions::isTrue).isEmpty();
        return starts || UNDER_WAY.contains(now.getReason());
    }

    private void tell(HasMetadata about, Condition condition) {
        Event event = event(about, condition);
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                // Told already, by a request without an answer or before a status that was not written.
                return;
            }
            if (AfterError.isGone(e)) {
                // Nobody is left there to tell.
                return;
            }
            // The status says it as well; an event is not worth another attempt.
            LOG.warn("event about {} not written: {}", about.getMetadata().getName(), e.getMessage());
        }
        LOG.info(
                "{} {}/{} {}={} {}: {}",
                about.getKind(),
                about.getMetadata().getNamespace(),
                about.getMetadata().getName(),
                condition.getType(),
                condition.getStatus(),
                condition.getReason(),
                condition.getMessage());
    }

    private Event event(HasMetadata about, Condition condition) {
        return new EventBuilder()
                .withNewMetadata()
                .withName(about.getMetadata().getName() + "-" + transition(about, condition))
                .withNamespace(about.getMetadata().getNamespace())
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(clock.instant())))
                .withType(Conditions.isTrue(condition) ? "Normal" : "Warning")
                .withReason(condition.getReason())
                .withAction("Reconcile")
                .withNote(cut(condition.getMessage()))
                .withRegarding(reference(about))
                .withReportingController("sshtunnels.dev/" + controller)
                .withReportingInstance(controller)
                .build();
    }

    /** The same for each attempt to tell of one transition: a name that is taken already cannot be taken again. */
    private static String transition(HasMetadata about, Condition condition) {
        String whole = String.join(
                " ",
                about.getMetadata().getUid(),
                about.getMetadata().getResourceVersion(),
                condition.getType(),
                condition.getStatus(),
                condition.getReason());
        return UUID.nameUUIDFromBytes(whole.getBytes(UTF_8)).toString();
    }

    private static ObjectReference reference(HasMetadata about) {
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withName(about.getMetadata().getName())
                .withNamespace(about.getMetadata().getNamespace())
                .withUid(about.getMetadata().getUid())
                .build();
    }

    /** As much as fits, without half a character at its end. */
    private static String cut(String message) {
        CharBuffer rest = CharBuffer.wrap(message);
        UTF_8.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(rest, ByteBuffer.allocate(MAX_NOTE), true);
        return message.substring(0, rest.position());
    }
}
