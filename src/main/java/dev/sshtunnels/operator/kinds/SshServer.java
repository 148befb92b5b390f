package dev.sshtunnels.operator.kinds;

import dev.sshtunnels.api.SshServerSpec;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Where and how to log in, and the pods that hold the session. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("SshServer")
@Plural("sshservers")
@Singular("sshserver")
@ShortNames("sshsrv")
public class SshServer extends CustomResource<SshServerSpec, SshServerStatus> implements Namespaced {

    /** Absent until read: a record has no empty instance. */
    @Override
    protected SshServerSpec initSpec() {
        return null;
    }

    @Override
    protected SshServerStatus initStatus() {
        return null;
    }
}
