# The job in Flink's image, for the Flink Kubernetes Operator (deploy/flinkdeployment.yaml):
#
#   ./mvnw package -DskipTests && docker build -t registry.example.com/tapewatch:0.1.0 .
#
# Flink's configuration does not come with the image: the operator brings it. Elsewhere, mount flink-conf/config.yaml as
# docker-compose.yml does.
#
# This file was never run in Docker. Tests hold that its Flink and its path are those of the other files.
FROM flink:2.2.1-java17
COPY --chown=flink:flink target/tapewatch.jar /opt/flink/usrlib/tapewatch.jar
