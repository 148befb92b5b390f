package dev.sshtunnels.operator.resolve;

import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import dev.sshtunnels.tunnel.Finding;
import java.util.List;

/** What makes a spec unacceptable by itself; no findings means that it is accepted. */
public interface Rules {

    List<Finding> server(SshServerSpec spec);

    List<Finding> tunnel(SshTunnelSpec spec);
}
