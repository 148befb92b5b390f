package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.kinds.SshServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/** The agents' pods. Following one ends with its pod, also when there is no server any more to be reconciled. */
final class PodSource extends InformerEventSource<Pod, SshServer> {
    private final Exchange exchange;

    PodSource(
            InformerEventSourceConfiguration<Pod> configuration,
            EventSourceContext<SshServer> context,
            Exchange exchange) {
        super(configuration, context);
        this.exchange = exchange;
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
        exchange.podGone(pod.getMetadata().getUid());
        super.onDelete(pod, finalStateUnknown);
    }
}
