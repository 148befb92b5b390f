package dev.sshtunnels.operator.kinds;

import dev.sshtunnels.api.Access;
import dev.sshtunnels.api.SshTunnelSpec;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Set;

/** One or more forwards over a server, and the Service under which the cluster reaches them. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("SshTunnel")
@Plural("sshtunnels")
@Singular("sshtunnel")
@ShortNames("stun")
public class SshTunnel extends CustomResource<SshTunnelSpec, SshTunnelStatus> implements Namespaced {

    /** Absent until read: a record has no empty instance. */
    @Override
    protected SshTunnelSpec initSpec() {
        return null;
    }

    @Override
    protected SshTunnelStatus initStatus() {
        return null;
    }

    /** Name of the SshServer that carries this tunnel: the one it names, or its own when the server is inline. */
    public String serverName() {
        return getSpec().serverRef() == null
                ? getMetadata().getName()
                : getSpec().serverRef().name();
    }

    /** Whether the tunnel brings its own server. */
    public boolean bringsServer() {
        return getSpec().server() != null;
    }

    /** Names of the Secrets that an agent needs for it, beside those of the server. */
    public Set<String> secrets() {
        Access access = getSpec().access();
        return access == null || access.socks() == null || access.socks().credentialsSecretRef() == null
                ? Set.of()
                : Set.of(access.socks().credentialsSecretRef().name());
    }

    /** Whether the user asked for a pause. */
    public boolean suspended() {
        return Boolean.TRUE.equals(getSpec().suspend());
    }
}
