# Agent and operator in one image, each with a class path of its own; see src/main/dist.
# `docker build .` needs nothing but this checkout. Behind a proxy or a mirror, hand Maven its settings:
#   docker build --secret id=maven-settings,src=$HOME/.m2/settings.xml .
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
WORKDIR /source
# further JVM options for Maven, such as -Dmaven.repo.local
ARG MAVEN_OPTS
COPY .mvn .mvn
COPY pom.xml ./
COPY crds crds
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn --batch-mode --quiet --no-transfer-progress -Dmaven.test.skip=true package
# Only what agent and operator use of the JDK: MINA needs java.rmi and the GSS API to load, logback XML, fabric8 the HTTP client;
# jdk.net has TCP_QUICKACK. The archive of the JDK's own classes (CDS) shortens every start. It and the cache below hold only for files
# with the times that they were made with, and a layer of an image rounds times to whole seconds.
RUN "${JAVA_HOME}/bin/jlink" --output target/dist/jre --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-0 \
      --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.rmi,java.security.jgss,java.sql,java.xml,jdk.httpserver,jdk.management,jdk.net,jdk.unsupported \
 && find target/dist -exec touch -d "@$(date +%s)" {} + \
 && target/dist/jre/bin/java -XX:+UseSerialGC -Xshare:dump > /dev/null
# A training run, where the agent will be: what it loads, links and finds hot is in a cache when it starts.
# The cache holds only for these very jars and this JVM.
RUN cp -a target/dist /opt/sshtunnel \
 && "${JAVA_HOME}/bin/java" -Dslf4j.internal.verbosity=ERROR \
      -cp "$(echo target/dist/lib/sshd-*.jar target/dist/lib/slf4j-api-*.jar | tr ' ' ':')" \
      src/main/training/TrainingRun.java /opt/sshtunnel /opt/sshtunnel/agent.aot

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="ssh-tunnel-operator" \
      org.opencontainers.image.description="SSH tunnels as Kubernetes resources" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/sshtunnel /opt/sshtunnel
# Fails when the cache does not hold in the image.
RUN SSHTUNNEL_JAVA_OPTS=-XX:AOTMode=on /opt/sshtunnel/bin/sshtunnel --version
# numeric, so that Kubernetes can tell that it is not root; any other works as well
USER 65532:65532
WORKDIR /
ENTRYPOINT ["/opt/sshtunnel/bin/sshtunnel"]
