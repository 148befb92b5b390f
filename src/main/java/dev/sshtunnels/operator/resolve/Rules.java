package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.tunnel.Finding;
import java.time.Duration;
import java.util.List;

/** What a spec means by itself; no findings means that it is accepted. */
public interface Rules {

    List<Finding> server(SshServerSpec spec);

    List<Finding> tunnel(SshTunnelSpec spec);

    /** How long connections may take to end when a pod is replaced; for an accepted spec. */
    Duration drainTimeout(SshServerSpec spec);
}
