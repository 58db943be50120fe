package io.tapewatch.domain.window;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Summaries that no ticks add up to: {@code like(summary).with("changePct", 5.5).summary()}. A component goes by its name, so
 * a new component of {@link Summary} needs nothing here.
 */
public final class Summaries {

    private final Map<String, Object> components = new LinkedHashMap<>();

    private Summaries() {}

    public static Summaries like(Summary summary) {
        Summaries summaries = new Summaries();
        try {
            for (RecordComponent component : Summary.class.getRecordComponents()) {
                summaries.components.put(
                        component.getName(), component.getAccessor().invoke(summary));
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return summaries;
    }

    /** @param value null for none */
    public Summaries with(String component, Object value) {
        if (!components.containsKey(component)) {
            throw new IllegalArgumentException(component + " is none of " + components.keySet());
        }
        components.put(component, value);
        return this;
    }

    public Summary summary() {
        try {
            return Summary.class
                    .getDeclaredConstructor(Arrays.stream(Summary.class.getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(components.values().toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
