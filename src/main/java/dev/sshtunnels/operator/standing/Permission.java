package dev.sshtunnels.operator.standing;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that is asked of the API server, in the words of RBAC.
 *
 * @param verb such as {@code list}
 * @param group API group, empty for the core
 * @param resource such as {@code deployments}
 * @param subresource such as {@code status}, or empty
 * @param namespace empty for all
 */
public record Permission(String verb, String group, String resource, String subresource, String namespace) {

    /** Kubernetes API concepts, "Resource URIs". */
    private static final Pattern PATH =
            Pattern.compile("(?:/api/v1|/apis/(?<group>[^/]+)/[^/]+)(?:/namespaces/(?<namespace>[^/]+))?"
                    + "/(?<resource>[^/]+)(?:/(?<name>[^/]+)(?:/(?<subresource>[^/]+))?)?/?$");

    private static final Pattern WATCH = Pattern.compile("(?:^|&)watch=(?:true|1)(?:&|$)");

    /** What a request asks for; empty when it is about no resource, as discovery is. */
    static Optional<Permission> of(String method, URI uri) {
        Matcher path = PATH.matcher(uri.getPath());
        if (!path.find()) {
            return Optional.empty();
        }
        return Optional.of(new Permission(
                verb(method, uri, path.group("name") != null),
                orEmpty(path.group("group")),
                path.group("resource"),
                orEmpty(path.group("subresource")),
                orEmpty(path.group("namespace"))));
    }

    private static String verb(String method, URI uri, boolean named) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> {
                if (WATCH.matcher(orEmpty(uri.getQuery())).find()) {
                    yield "watch";
                }
                yield named ? "get" : "list";
            }
        };
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** Whether a cache lives on it. */
    boolean isOfACache() {
        return verb.equals("list") || verb.equals("watch");
    }

    @Override
    public String toString() {
        return verb
                + " "
                + resource
                + (subresource.isEmpty() ? "" : "/" + subresource)
                + (group.isEmpty() ? "" : " (" + group + ")")
                + (namespace.isEmpty() ? "" : " in namespace " + namespace);
    }
}
