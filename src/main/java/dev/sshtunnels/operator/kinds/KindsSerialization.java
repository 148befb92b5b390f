package dev.sshtunnels.operator.kinds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;

/**
 * How the kinds' records become JSON: what is absent stays absent. The records hold absent lists and maps as empty
 * ones; written out, they would overwrite the API server's defaults and take ownership of fields nobody set.
 */
public final class KindsSerialization {

    private KindsSerialization() {}

    /** A serialisation for one client; an empty string is a value ({@code listen.address: ""}) and is kept. */
    public static KubernetesSerialization create() {
        var mapper = new ObjectMapper();
        mapper.setDefaultPropertyInclusion(Include.NON_NULL);
        var unlessEmpty = JsonInclude.Value.construct(Include.NON_EMPTY, Include.ALWAYS);
        mapper.configOverride(List.class)
                .setInclude(unlessEmpty)
                // The API server writes "endpoints: null" and the like.
                .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
        mapper.configOverride(Map.class).setInclude(unlessEmpty);
        // Hashes are made of the text: one content must not have several, from one process to the next.
        mapper.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        mapper.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        var serialization = new KubernetesSerialization(mapper, true);
        serialization.registerKubernetesResource(SshServer.class);
        serialization.registerKubernetesResource(SshTunnel.class);
        return serialization;
    }
}
