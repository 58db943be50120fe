package io.tapewatch.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of commands on a page, as {@link DocsCommandsITCase} describes it.
 *
 * @param page the page's path
 * @param line the number of the line of its fence
 * @param notRun why it is not run, or null
 * @param setUp commands that run before it, and that a reader does not see
 * @param varying the words that are others in each run
 * @param inAnyOrder whether the order of the lines may be another
 * @param leftRunning whether the last command goes on while the next blocks run
 * @param exitCode what the last command returns
 * @param commands what is typed, and what is shown
 */
record CommandBlock(
        String page,
        int line,
        String notRun,
        List<String> setUp,
        List<String> varying,
        boolean inAnyOrder,
        boolean leftRunning,
        int exitCode,
        List<Typed> commands) {

    private static final Pattern FENCE = Pattern.compile("```+ *(\\S*).*");
    private static final Pattern COMMENT = Pattern.compile("<!-- (.*) -->");
    private static final Pattern MARK =
            Pattern.compile("(not run|first|varies|exit code): (.*)|(in any order)|(left running)");
    private static final Pattern LOOKS_LIKE_A_COMMAND =
            Pattern.compile("(\\$ .*|\\./tapewatch\\b.*|\\./mvnw .*|flink (run|stop|cancel) .*|docker compose .*)");

    private static final String LANGUAGE = "console";
    private static final String PROMPT = "$ ";
    private static final String CTRL_C = "^C";

    /**
     * A command and the lines that it prints.
     *
     * @param line the number of its first line
     * @param text what is typed
     * @param shown what is printed until it ends, or until Ctrl-C is typed
     * @param stopped whether Ctrl-C is typed
     * @param afterwards what is printed then
     */
    record Typed(int line, String text, List<String> shown, boolean stopped, List<String> afterwards) {}

    /** The blocks of a page, in order. */
    static List<CommandBlock> of(String page, String markdown) {
        List<CommandBlock> blocks = new ArrayList<>();
        List<String> lines = markdown.lines().toList();
        List<String> comments = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            Matcher comment = COMMENT.matcher(lines.get(i));
            if (comment.matches()) {
                comments.add(comment.group(1));
                continue;
            }
            if (fence.matches()) {
                int end = i + 1;
                while (!lines.get(end).startsWith("```")) {
                    end++;
                }
                List<String> content = lines.subList(i + 1, end);
                if (fence.group(1).equals(LANGUAGE)) {
                    blocks.add(block(page, i + 1, comments, content));
                } else {
                    requireNoCommand(page, i + 1, content);
                }
                i = end;
            }
            comments.clear();
        }
        return blocks;
    }

    private static void requireNoCommand(String page, int line, List<String> content) {
        content.stream()
                .filter(text -> LOOKS_LIKE_A_COMMAND.matcher(text).matches())
                .findFirst()
                .ifPresent(text -> {
                    throw new IllegalArgumentException(page + ":" + line + ": '" + text
                            + "' looks like a command; fence it as ```" + LANGUAGE + ", with '" + PROMPT
                            + "' before it, and say <!-- not run: REASON --> if a test cannot run it");
                });
    }

    private static CommandBlock block(String page, int line, List<String> comments, List<String> content) {
        String notRun = null;
        List<String> setUp = new ArrayList<>();
        List<String> varying = new ArrayList<>();
        boolean inAnyOrder = false;
        boolean leftRunning = false;
        int exitCode = 0;
        for (String comment : comments) {
            Matcher mark = MARK.matcher(comment);
            if (!mark.matches()) {
                throw new IllegalArgumentException(page + ":" + line + ": the comment '" + comment + "' is no mark");
            } else if (mark.group(3) != null) {
                inAnyOrder = true;
            } else if (mark.group(4) != null) {
                leftRunning = true;
            } else {
                switch (mark.group(1)) {
                    case "not run" -> notRun = mark.group(2);
                    case "first" -> setUp.add(mark.group(2));
                    case "varies" -> varying.addAll(Arrays.asList(mark.group(2).split(" +")));
                    default -> exitCode = Integer.parseInt(mark.group(2));
                }
            }
        }
        List<Typed> commands = commands(page, line, content);
        return new CommandBlock(page, line, notRun, setUp, varying, inAnyOrder, leftRunning, exitCode, commands);
    }

    private static List<Typed> commands(String page, int fence, List<String> content) {
        List<Typed> commands = new ArrayList<>();
        int i = 0;
        while (i < content.size()) {
            if (!content.get(i).startsWith(PROMPT)) {
                throw new IllegalArgumentException(
                        page + ":" + (fence + i + 1) + ": expected a command, which begins with '" + PROMPT + "'");
            }
            int first = i;
            StringBuilder text = new StringBuilder(content.get(i).substring(PROMPT.length()));
            while (content.get(i).endsWith("\\")) {
                i++;
                text.append('\n').append(content.get(i));
            }
            i++;
            List<String> shown = new ArrayList<>();
            List<String> afterwards = new ArrayList<>();
            boolean stopped = false;
            for (; i < content.size() && !content.get(i).startsWith(PROMPT); i++) {
                if (content.get(i).equals(CTRL_C)) {
                    stopped = true;
                } else {
                    (stopped ? afterwards : shown).add(content.get(i));
                }
            }
            if (stopped && shown.isEmpty()) {
                throw new IllegalArgumentException(page + ":" + (fence + first + 1) + ": there is no line above "
                        + CTRL_C + " that tells when to type it");
            }
            commands.add(new Typed(fence + first + 1, text.toString(), shown, stopped, afterwards));
        }
        if (commands.isEmpty()) {
            throw new IllegalArgumentException(page + ":" + fence + ": there is no command in this block");
        }
        return commands;
    }

    /** A name for reports: where it is, and what is typed first. */
    String name() {
        return page + ":" + line + " "
                + commands.get(0).text().lines().findFirst().orElseThrow();
    }
}
