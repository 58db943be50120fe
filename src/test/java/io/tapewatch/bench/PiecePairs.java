package io.tapewatch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pieces of the job, measured by the JMH of each build. */
final class PiecePairs implements PairedBench {

    private static final String JMH = "org.openjdk.jmh.Main";
    private static final int FORKS = 1;

    private final String pieces;
    private final PieceOptions options;

    /** @param pieces a regular expression for a part of their names */
    PiecePairs(String pieces, PieceOptions options) {
        this.pieces = pieces;
        this.options = options;
    }

    @Override
    public String unit() {
        return "ns/op";
    }

    @Override
    public String unitBesides() {
        return "B/op";
    }

    @Override
    public boolean isLowerBetter() {
        return true;
    }

    @Override
    public boolean isIn(Build build) throws IOException, InterruptedException {
        ProgramRun listing = build.java(JMH, List.of("-l", pieces));
        return listing.exitCode() == 0
                && listing.output().lines().anyMatch(line -> !PieceOptions.name(line)
                        .equals(line));
    }

    @Override
    public List<Score> run(Build build) throws IOException, InterruptedException {
        Path results = Files.createTempFile(build.folder(), "pieces-", ".json");
        try {
            List<String> arguments = options.arguments(FORKS, List.of(pieces));
            arguments.addAll(List.of("-rf", "json", "-rff", results.toString()));
            build.java(JMH, arguments).expectSuccess();
            return scores(new ObjectMapper().readTree(results.toFile()));
        } finally {
            Files.deleteIfExists(results);
        }
    }

    /** What JMH's file of results says. */
    static List<Score> scores(JsonNode results) {
        List<Score> scores = new ArrayList<>();
        for (JsonNode result : results) {
            StringBuilder piece =
                    new StringBuilder(PieceOptions.name(result.get("benchmark").asText()));
            for (Map.Entry<String, JsonNode> param : result.path("params").properties()) {
                piece.append(' ')
                        .append(param.getKey())
                        .append('=')
                        .append(param.getValue().asText());
            }
            scores.add(new Score(
                    piece.toString(),
                    result.at("/primaryMetric/score").asDouble(),
                    result.path("secondaryMetrics")
                            .path(PieceOptions.GARBAGE)
                            .path("score")
                            .asDouble(Double.NaN)));
        }
        return scores;
    }
}
