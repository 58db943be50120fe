package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The commands of docs/security.md that give users their rights: what {@code kafka-acls.sh} would do for them. */
final class AccessLists {

    private static final Pattern FENCED = Pattern.compile("```sh acls (\\w+)\n(.*?)```", Pattern.DOTALL);

    private AccessLists() {}

    /** All rights that the page gives. */
    static List<AclBinding> ofThePage() throws IOException {
        List<AclBinding> all = new ArrayList<>();
        Matcher fenced = FENCED.matcher(Files.readString(Path.of("docs", "security.md")));
        while (fenced.find()) {
            fenced.group(2).lines().forEach(command -> all.addAll(of(command)));
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    private static List<AclBinding> of(String command) {
        String[] words = command.split(" ");
        assertThat(words[0]).as(command).isEqualTo("$acls");
        List<AclOperation> operations = new ArrayList<>();
        List<ResourcePattern> resources = new ArrayList<>();
        PatternType pattern =
                command.endsWith(" --resource-pattern-type prefixed") ? PatternType.PREFIXED : PatternType.LITERAL;
        for (int i = 2; i < words.length; i++) {
            switch (words[i]) {
                case "--operation" -> operations.add(operation(words[++i]));
                case "--topic" -> resources.add(new ResourcePattern(ResourceType.TOPIC, words[++i], pattern));
                case "--group" -> resources.add(new ResourcePattern(ResourceType.GROUP, words[++i], pattern));
                case "--transactional-id" ->
                    resources.add(new ResourcePattern(ResourceType.TRANSACTIONAL_ID, words[++i], pattern));
                case "--cluster" ->
                    resources.add(new ResourcePattern(ResourceType.CLUSTER, Resource.CLUSTER_NAME, pattern));
                case "--resource-pattern-type" -> i++;
                default -> throw new AssertionError("not understood: " + words[i] + " in " + command);
            }
        }
        return resources.stream()
                .flatMap(resource -> operations.stream()
                        .map(operation -> new AclBinding(
                                resource, new AccessControlEntry(words[1], "*", operation, AclPermissionType.ALLOW))))
                .toList();
    }

    private static AclOperation operation(String name) {
        return AclOperation.valueOf(
                name.equals("DescribeConfigs") ? "DESCRIBE_CONFIGS" : name.toUpperCase(Locale.ROOT));
    }

    /** Gives these rights and no others, and returns when the broker knows. */
    static void set(Admin admin, List<AclBinding> rights) throws Exception {
        Set<AclBinding> there = there(admin);
        admin.deleteAcls(there.stream()
                        .filter(right -> !rights.contains(right))
                        .map(AclBinding::toFilter)
                        .toList())
                .all()
                .get();
        admin.createAcls(rights.stream().filter(right -> !there.contains(right)).toList())
                .all()
                .get();
        while (!there(admin).equals(Set.copyOf(rights))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static Set<AclBinding> there(Admin admin) throws Exception {
        return new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }
}
