package dev.sshtunnels.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schemas of the kinds, from the CRDs themselves, so that both front doors have one grammar. */
final class Kinds {

    static final Schema SERVER = load("sshservers");
    static final Schema TUNNEL = load("sshtunnels");

    private Kinds() {}

    private static Schema load(String plural) {
        String resource = "/crds/" + plural + ".sshtunnels.dev.yaml";
        try (InputStream bytes = Kinds.class.getResourceAsStream(resource);
                Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            Map<String, Object> crd = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            Map<?, ?> version = (Map<?, ?>) ((List<?>) ((Map<?, ?>) crd.get("spec")).get("versions")).getFirst();
            return new SchemaReader().document((Map<?, ?>) ((Map<?, ?>) version.get("schema")).get("openAPIV3Schema"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " on the class path", e);
        }
    }
}
